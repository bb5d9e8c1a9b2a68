import { at } from '../../util/assert.ts';

/** How often numbers fall into bins of one width between the least and the greatest of them. */
export interface Histogram {
  readonly least: number;
  readonly greatest: number;
  /** The first begins at the least; the last has the greatest too. */
  readonly counts: readonly number[];
  /** How many numbers are exactly zero: behind a ReLU most are, and would hide all others. */
  readonly zeros: number;
  readonly mean: number;
  /** Of the numbers themselves, not of a sample: divided by their number. */
  readonly deviation: number;
}

const BINS = 40;

/** Undefined of no numbers. What is not finite is in no bin. */
export function histogramOf(values: ArrayLike<number>, bins = BINS): Histogram | undefined {
  let [least, greatest, count, zeros, sum] = [Infinity, -Infinity, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
    if (value === 0) zeros++;
    sum += value;
    count++;
  }
  if (count === 0) return undefined;
  const mean = sum / count;
  const counts = new Array<number>(bins).fill(0);
  const width = (greatest - least) / bins;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (!Number.isFinite(value)) continue;
    const bin = width === 0 ? 0 : Math.min(bins - 1, Math.floor((value - least) / width));
    counts[bin] = at(counts, bin) + 1;
    squares += (value - mean) ** 2;
  }
  return { least, greatest, counts, zeros, mean, deviation: Math.sqrt(squares / count) };
}
