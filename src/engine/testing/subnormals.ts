const SMALLEST_NORMAL = 2 ** -126;

/** The numbers that are too small for all bits of a float: many processors take ten times as long. */
export function subnormalsOf(values: ArrayLike<number>): number[] {
  return Array.from(values).filter((value) => value !== 0 && Math.abs(value) < SMALLEST_NORMAL);
}
