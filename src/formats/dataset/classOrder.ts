/**
 * The order of classes that have names: numbers before words, in their order; words by their letters, whatever
 * the language. It is one for every format, so that a set has the same classes from each.
 */
export function inClassOrder(names: readonly string[]): string[] {
  return names.toSorted(compareNames);
}

function compareNames(a: string, b: string): number {
  const [first, second] = [Number(a), Number(b)];
  if (!Number.isNaN(first) && !Number.isNaN(second)) return first - second;
  if (Number.isNaN(first) !== Number.isNaN(second)) return Number.isNaN(first) ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
