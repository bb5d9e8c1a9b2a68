export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

/** The number that a person typed, or undefined where it is none, or not in the range. */
export function readNumber(text: string, range: NumberRange, whole: boolean): number | undefined {
  if (text.trim() === '') return undefined;
  const value = Number(text);
  const isInRange = value >= range.min && value <= range.max;
  return isInRange && (!whole || Number.isInteger(value)) ? value : undefined;
}
