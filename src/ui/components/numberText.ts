export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

/** The number that a person typed, or undefined where it is none, or not in the range. */
export function readNumber(text: string, range: NumberRange, whole: boolean): number | undefined {
  // Input methods write full-width digits.
  const typed = text.normalize('NFKC').trim();
  if (typed === '') return undefined;
  const value = Number(typed);
  const isInRange = value >= range.min && value <= range.max;
  return isInRange && (!whole || Number.isInteger(value)) ? value : undefined;
}

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 20, useGrouping: false });

/** The number in digits, as attributes of accessibility want it: 1e-7 is none to every screen reader. */
export function plainDigits(value: number): string {
  return plain.format(value);
}

/** What is left of a difference between two decimal numbers that were meant to be equal. */
const ROUNDING = 1e-9;

/**
 * The next multiple of the step above the number, or below it where `steps` is negative, so many steps
 * on; the end of the range where that lies beyond.
 */
export function steppedNumber(
  value: number,
  range: NumberRange,
  step: number,
  steps: number,
): number {
  const position = value / step;
  const passed = steps > 0 ? Math.floor(position + ROUNDING) : Math.ceil(position - ROUNDING);
  // 0.1 + 0.2 is 0.3 to a person.
  const next = Number(((passed + steps) * step).toPrecision(12));
  return Math.min(range.max, Math.max(range.min, next));
}
