import { columnOf, firstAfter, type Points } from './curve.ts';
import type { History, TrainingPoint } from './metrics.ts';

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
  const measured = [...validation];
  return measured.flatMap((point, i) => {
    const window = Math.max(1, Math.ceil(point.images / batchSize));
    const before = measured[i - 1]?.step ?? 0;
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
  return gapPoints({ ...history, validation: history.validation.slice(-2) }, recipe).at(-1);
}

/** Means over the points after step `from`, up to step `to`; undefined where there are none. */
function meanFigures(
  training: Points<TrainingPoint>,
  from: number,
  to: number,
): Figures | undefined {
  const [first, end] = [firstAfter(training, from), firstAfter(training, to)];
  if (first === end) return undefined;
  const points = training.slice(first, end);
  return { loss: mean(columnOf(points, 'loss')), accuracy: mean(columnOf(points, 'accuracy')) };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
