import { at } from '../util/assert.ts';
import type { History, TrainingPoint, ValidationPoint } from './metrics.ts';

/**
 * What a run scored at a validation, and on the training images of the steps before it. `gap` is
 * training minus validation: of the accuracy, above 0 where the network does better on the images
 * that it learns from; of the loss, below 0 there.
 */
export interface GapPoint {
  readonly step: number;
  readonly training: Figures;
  readonly validation: Figures;
  readonly gap: Figures;
}

/** Mean cross-entropy in nats, and top-1 accuracy from 0 to 1 (their differences, in a gap). */
export type Figures = Pick<TrainingPoint, 'loss' | 'accuracy'>;

/**
 * The generalisation gap at each validation. A single step's figures are noise, so training is the
 * mean over as many of the last steps as it takes to see as many images as the validation has; more
 * than lie between two validations are never taken.
 *
 * @param batchSize images a step.
 */
export function gapPoints(
  { training, validation }: History,
  { batchSize }: { readonly batchSize: number },
): GapPoint[] {
  return validation.flatMap((point, i) => {
    const window = Math.max(1, Math.ceil(point.images / batchSize));
    const before = validation[i - 1]?.step ?? 0;
    const mean = meanFigures(training, Math.max(before, point.step - window), point.step);
    if (!mean) return [];
    const { step, loss, accuracy } = point;
    const gap = { loss: mean.loss - loss, accuracy: mean.accuracy - accuracy };
    return [{ step, training: mean, validation: { loss, accuracy }, gap }];
  });
}

/** The figures at the last validation of a run. */
export function lastGap(
  history: History,
  recipe: { readonly batchSize: number },
): GapPoint | undefined {
  const last: readonly ValidationPoint[] = history.validation.slice(-2);
  return gapPoints({ ...history, validation: last }, recipe).at(-1);
}

/** Means over the points after step `from`, up to step `to`; undefined where there are none. */
function meanFigures(
  training: readonly TrainingPoint[],
  from: number,
  to: number,
): Figures | undefined {
  const [first, end] = [firstAfter(training, from), firstAfter(training, to)];
  if (first === end) return undefined;
  let [loss, accuracy] = [0, 0];
  for (let i = first; i < end; i++) {
    const point = at(training, i);
    loss += point.loss;
    accuracy += point.accuracy;
  }
  return { loss: loss / (end - first), accuracy: accuracy / (end - first) };
}

/** Place of the first point after a step; points are in the order of their steps. */
function firstAfter(points: readonly TrainingPoint[], step: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(points, middle).step <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}
