import { canStart } from '../../../../app/canStart.ts';
import type { WorkbenchState } from '../../../../app/state.ts';
import type { VariantId } from '../../../../domain/ablation.ts';
import {
  type AblationQueue,
  baselineOf,
  gapOf,
  nextRow,
} from '../../../../domain/ablationQueue.ts';
import { wilsonInterval } from '../../../../domain/wilson.ts';

/** Whether one may be begun, or gone on with, now. */
export const canRunAblation = canStart('train');

/** A queue that works through its rows. */
export interface ActiveProgress {
  readonly kind: 'training' | 'measuring';
  /** Of the row in progress, from 1. */
  readonly number: number;
  readonly total: number;
  readonly variant: VariantId;
  readonly step: number;
  readonly steps: number;
  /** Of the whole queue, 0 to 1. */
  readonly share: number;
  /** Of training, of all rows to come; undefined until the pace is known. */
  readonly secondsLeft: number | undefined;
}

/** A queue that waits to be continued, or has nothing left to do. */
export interface RestingProgress {
  readonly kind: 'paused' | 'stopped' | 'finished';
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

export type AblationProgress = ActiveProgress | RestingProgress;

/** How far the queue is; a run that waits in a pause makes the queue wait. */
export function progressOf(
  queue: AblationQueue,
  { phase, run }: Pick<WorkbenchState, 'phase' | 'run'>,
): AblationProgress {
  const { rows, frame, status } = queue;
  const total = rows.length;
  const done = rows.filter((row) => row.status === 'done').length;
  const failed = rows.filter((row) => row.status === 'failed').length;
  const rest = { done, failed, total };
  const row = nextRow(queue);
  if (done === total) return { kind: 'finished', ...rest };
  if (status === 'ended' || !row) return { kind: 'stopped', ...rest };
  if (status === 'paused' || phase === 'paused') return { kind: 'paused', ...rest };
  const mark = run?.record.experiment;
  const current = mark?.id === queue.id && mark.variant === row.variant ? run : undefined;
  const step = current?.step ?? 0;
  const waiting = rows.filter((other) => other !== row && other.status === 'waiting').length;
  const stepsLeft = frame.steps - step + waiting * frame.steps;
  const pace = current?.imagesPerSecond;
  return {
    kind: phase === 'evaluating' ? 'measuring' : 'training',
    ...{ number: rows.indexOf(row) + 1, total, variant: row.variant, step, steps: frame.steps },
    share: 1 - stepsLeft / (total * frame.steps),
    secondsLeft: pace && (stepsLeft * frame.batchSize) / pace,
  };
}

export function isActive(progress: AblationProgress): progress is ActiveProgress {
  return progress.kind === 'training' || progress.kind === 'measuring';
}

/** A row of the table that has a result. Accuracies and errors are shares from 0 to 1. */
export interface RowFigures {
  readonly variant: VariantId;
  readonly accuracy: number;
  readonly error: number;
  /** Where the true accuracy lies with 95 % certainty. */
  readonly low: number;
  readonly high: number;
  /** Of the accuracy, to that of the seed recipe; undefined for the seed recipe and without it. */
  readonly difference: number | undefined;
  readonly validationLoss: number | null;
  readonly trainingLoss: number | null;
  /** Training minus validation accuracy. */
  readonly gap: number;
  readonly seconds: number;
  readonly isBest: boolean;
}

export function rowFigures(queue: AblationQueue): RowFigures[] {
  const done = queue.rows.flatMap((row) => (row.status === 'done' ? [row] : []));
  const best = Math.max(...done.map(({ result }) => result.validation.accuracy));
  const baseline = baselineOf(queue);
  return done.map(({ variant, result }) => {
    const { accuracy, images, loss } = result.validation;
    const { low, high } = wilsonInterval(accuracy * images, images);
    return {
      ...{ variant, accuracy, error: 1 - accuracy, low, high },
      difference:
        baseline && baseline !== result ? accuracy - baseline.validation.accuracy : undefined,
      validationLoss: loss,
      trainingLoss: result.training.loss,
      gap: gapOf(result),
      seconds: result.seconds,
      isBest: accuracy === best,
    };
  });
}

/** On how many validation images the rows were measured; 0 while none is. */
export function validationImagesOf({ rows }: AblationQueue): number {
  return rows.flatMap((row) => (row.status === 'done' ? row.result.validation.images : []))[0] ?? 0;
}
