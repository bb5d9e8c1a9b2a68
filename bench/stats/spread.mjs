/**
 * What is told of several measurements of one thing: the fastest, the middle and the slowest.
 * @typedef {object} Spread
 * @property {number} fastest
 * @property {number} median
 * @property {number} slowest
 */

/** @param {readonly number[]} values @returns {Spread} */
export function spreadOf(values) {
  return { fastest: Math.min(...values), median: median(values), slowest: Math.max(...values) };
}

/**
 * The middle of the ratios of each round: what else happened in a round met both.
 * @param {readonly number[]} roundsMs
 * @param {readonly number[]} baseMs
 */
export const medianRatio = (roundsMs, baseMs) =>
  median(roundsMs.map((ms, round) => ms / (baseMs[round] ?? Number.NaN)));

/** @param {readonly number[]} values */
export function median(values) {
  if (values.length === 0) throw new RangeError('A median is of something.');
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted.length >> 1;
  const high = sorted[upper] ?? Number.NaN;
  if (sorted.length % 2 === 1) return high;
  return ((sorted[upper - 1] ?? Number.NaN) + high) / 2;
}
