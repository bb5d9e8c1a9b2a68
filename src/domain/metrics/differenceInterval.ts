import { at } from '../../util/assert.ts';
import { type Interval, wilsonInterval } from './wilson.ts';

/**
 * Where a share, or the difference of two shares, may lie in truth with 95 % confidence, as several
 * runs of one recipe saw it, each from another seed. Two things are left to chance: which images there
 * were to read, the same for all runs, and the seed.
 *
 * - The images: Wilson's interval of a share; for a difference Newcombe's method 10 (R. G. Newcombe,
 *   "Interval estimation for the difference between independent proportions", Statistics in Medicine 17,
 *   1998, 873-890), and where both shares are of the same images his method 10 for paired proportions
 *   (ibid. 2635-2650). They are taken of the runs' mean, as if all runs failed on the same images, so
 *   that more runs do not pass for more images.
 * - The seeds: Student's t of the runs' values, mean ± t sd / √runs; nothing where there is one run.
 *
 * The distances from the mean to either end add up as squares do (G. Y. Zou and A. Donner, "Construction
 * of confidence limits about effect measures", Statistics in Medicine 27, 2008, 1693-1702).
 */

/** How many runs one recipe may have. */
export const MOST_RUNS = 10;

/** Two-sided 95 % of Student's t, from 1 degree of freedom on. */
const studentT = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622];

export interface Estimate extends Interval {
  readonly mean: number;
  /** Standard deviation between the runs (n - 1); undefined where there is one. */
  readonly spread: number | undefined;
}

/** What one run saw: how many of the images it read right. */
export interface Tally {
  readonly right: number;
  readonly images: number;
}

/** Two tallies of one run, or of two with one seed. */
export interface TallyPair {
  readonly first: Tally;
  readonly second: Tally;
  /** Where both are of the same images: how many of them are right in both. */
  readonly bothRight?: number | undefined;
}

/** @param tallies one a run, of the same images */
export function shareEstimate(tallies: readonly Tally[]): Estimate {
  const { images } = at(tallies, 0);
  const mean = average(tallies.map(({ right }) => right));
  const { low, high } = wilsonInterval(mean, images);
  const share = mean / images;
  return estimate(tallies.map(shareOf), { below: share - low, above: high - share }, 0);
}

/** Of the first share minus the second. @param pairs one a run */
export function differenceEstimate(pairs: readonly TallyPair[]): Estimate {
  const first = sides(pairs.map((pair) => pair.first));
  const second = sides(pairs.map((pair) => pair.second));
  const phi = average(pairs.map(correlation));
  const join = (a: number, b: number) => Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
  return estimate(
    pairs.map((pair) => shareOf(pair.first) - shareOf(pair.second)),
    { below: join(first.below, second.above), above: join(first.above, second.below) },
    -1,
  );
}

interface Sides {
  readonly below: number;
  readonly above: number;
}

function sides(tallies: readonly Tally[]): Sides {
  const { mean, low, high } = shareEstimate([
    { right: average(tallies.map(({ right }) => right)), images: at(tallies, 0).images },
  ]);
  return { below: mean - low, above: high - mean };
}

/** Newcombe's phi of a 2x2 table, with his correction for continuity; 0 of different images. */
function correlation({ first, second, bothRight }: TallyPair): number {
  if (bothRight === undefined) return 0;
  const { images } = first;
  const neither = images - first.right - second.right + bothRight;
  const agreement = bothRight * neither - (first.right - bothRight) * (second.right - bothRight);
  const margins = first.right * (images - first.right) * second.right * (images - second.right);
  if (margins <= 0) return 0;
  return (agreement > 0 ? Math.max(0, agreement - images / 2) : agreement) / Math.sqrt(margins);
}

/** @param least that such a figure can be; none is above 1 */
function estimate(values: readonly number[], images: Sides, least: number): Estimate {
  const mean = average(values);
  const runs = values.length;
  if (runs === 1) {
    return { mean, spread: undefined, ...within(mean - images.below, mean + images.above, least) };
  }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const spread = Math.sqrt(squares / (runs - 1));
  const seeds = (at(studentT, runs - 2) * spread) / Math.sqrt(runs);
  return {
    ...{ mean, spread },
    ...within(
      mean - Math.hypot(images.below, seeds),
      mean + Math.hypot(images.above, seeds),
      least,
    ),
  };
}

const within = (low: number, high: number, least: number) => ({
  low: Math.max(least, low),
  high: Math.min(1, high),
});

function shareOf({ right, images }: Tally): number {
  return right / images;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
