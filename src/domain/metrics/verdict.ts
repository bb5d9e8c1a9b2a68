import { at } from '../../util/assert.ts';
import { hasDropout } from '../architecture/architecture.ts';
import { isAugmented } from '../augment/strengths.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { type GapPoint, gapPoints } from './gap.ts';
import type { History } from './metrics.ts';

/** What the curves of a run say about overfitting. */
export type Verdict =
  /** Too few validations to tell. */
  | { readonly kind: 'unknown' }
  /** Since `step`, where it was lowest, the validation loss has risen while the training loss fell. */
  | { readonly kind: 'overfits'; readonly step: number; readonly rise: number }
  /** Since `step` the validation loss has risen, and the training loss has not fallen either. */
  | { readonly kind: 'rises'; readonly step: number; readonly rise: number }
  /** The last validations are still lower than those before. */
  | { readonly kind: 'falls' }
  /** Since `step` the validation loss stays close to its lowest. */
  | { readonly kind: 'levels'; readonly step: number };

const FEWEST_VALIDATIONS = 3;
/** A rise or a fall of less than this share of the loss is noise. */
const NOISE_SHARE = 0.05;

/**
 * Compares the mean of the last two validation losses with the lowest one and with the two before:
 * one validation alone may be an outlier.
 */
export function verdictOf(history: History, recipe: { readonly batchSize: number }): Verdict {
  const points = gapPoints(history, recipe).filter(isFinitePoint);
  if (points.length < FEWEST_VALIDATIONS) return { kind: 'unknown' };
  const losses = points.map(({ validation }) => validation.loss);
  const lowest = losses.reduce((low, loss) => Math.min(low, loss), Number.POSITIVE_INFINITY);
  const best = losses.indexOf(lowest);
  const now = mean(losses.slice(-2));
  const { step, training } = at(points, best);
  if (best < points.length - 1 && now > lowest * (1 + NOISE_SHARE)) {
    const trainingNow = at(points, points.length - 1).training.loss;
    const kind = trainingNow < training.loss ? 'overfits' : 'rises';
    return { kind, step, rise: now / lowest - 1 };
  }
  const before = mean(losses.slice(-4, -2));
  if (now < before * (1 - NOISE_SHARE)) return { kind: 'falls' };
  return { kind: 'levels', step: at(points, firstNear(losses, lowest)).step };
}

/**
 * Why training and validation figures of the same network differ, beside what it learned by heart: the
 * images that train are varied, units are off, labels are smoothed, and the weights are those of the
 * step where the validation's are an average over many. Then the gap may have the other sign.
 */
export function handicapsOf(recipe: Recipe): readonly Handicap[] {
  return handicaps.filter((handicap) => applies[handicap](recipe));
}

const applies = {
  augmentation: isAugmented,
  dropout: ({ architecture, dropout }: Recipe) => hasDropout(architecture) && dropout > 0,
  labelSmoothing: ({ labelSmoothing }: Recipe) => labelSmoothing > 0,
  averaging: ({ averaging }: Recipe) => averaging > 0,
};
export type Handicap = keyof typeof applies;
const handicaps = Object.keys(applies) as readonly Handicap[];

function isFinitePoint({ training, validation }: GapPoint): boolean {
  return Number.isFinite(training.loss) && Number.isFinite(validation.loss);
}

/** Place of the first loss from which on all stay close to the lowest. */
function firstNear(losses: readonly number[], lowest: number): number {
  const away = losses.findLastIndex((loss) => loss > lowest * (1 + NOISE_SHARE));
  return Math.min(away + 1, losses.length - 1);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
