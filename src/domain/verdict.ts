import { at } from '../util/assert.ts';
import { isAugmented } from './augment/strengths.ts';
import { type GapPoint, gapPoints } from './gap.ts';
import type { History } from './metrics.ts';
import type { Recipe } from './recipe.ts';

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
 * What makes the training figures those of a harder task than the validation's: varied images, units
 * that are off, labels that are smoothed. Then the gap may have the other sign.
 */
export function handicapsOf(recipe: Recipe): readonly Handicap[] {
  return handicaps.filter((handicap) => {
    if (handicap === 'augmentation') return isAugmented(recipe);
    if (handicap === 'dropout') return recipe.architecture === 'alexnet' && recipe.dropout > 0;
    return recipe.labelSmoothing > 0;
  });
}

const handicaps = ['augmentation', 'dropout', 'labelSmoothing'] as const;
export type Handicap = (typeof handicaps)[number];

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
