import { at } from '../../util/assert.ts';

/** Of numbers that have nothing to do with each other the correlation is seldom so many deviations off 0. */
const DEVIATIONS = 6;

/**
 * Whether weights grew out of these first ones. Of a file nobody can say which seed it began with; training
 * moves weights little, so that they still resemble those: Pearson's correlation of `n` unrelated normal
 * numbers has a standard deviation of `1 / sqrt(n)`.
 */
export function beganWith(weights: Float32Array, first: Float32Array): boolean {
  return correlation(weights, first) > DEVIATIONS / Math.sqrt(weights.length);
}

function correlation(one: Float32Array, other: Float32Array): number {
  const [a, b] = [mean(one), mean(other)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, value] of one.entries()) {
    const [x, y] = [value - a, at(other, i) - b];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

const mean = (values: Float32Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
