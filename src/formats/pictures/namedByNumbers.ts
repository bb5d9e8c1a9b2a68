/**
 * What classes are called that files call by numbers, where there is a list of names: 3 is the fourth of
 * them. Classes that are called by words keep these.
 */
export function namedByNumbers(
  classNames: readonly string[],
  names: readonly string[] | undefined,
): readonly string[] {
  if (!names || classNames.length === 0) return classNames;
  const areNumbers = classNames.every((name) => /^\d+$/.test(name) && Number(name) < names.length);
  return areNumbers ? classNames.map((name) => names[Number(name)] ?? name) : classNames;
}
