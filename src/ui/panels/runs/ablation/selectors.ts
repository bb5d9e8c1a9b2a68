import { canStart } from '../../../../app/canStart.ts';
import type { WorkbenchState } from '../../../../app/state.ts';
import type { VariantId } from '../../../../domain/ablation/ablation.ts';
import {
  type AblationQueue,
  nextRow,
  seedsOf,
  variantsOf,
} from '../../../../domain/ablation/ablationQueue.ts';

/** Whether one may be begun, or gone on with, now. */
export const canRunAblation = canStart('train');

/** The training images of MNIST, which is opened where no set is. */
const MNIST_IMAGES = 60_000;

/** How many images there are to train on and to validate with. */
export function labelledImages({ dataset }: WorkbenchState): number {
  if (dataset.status !== 'ready') return MNIST_IMAGES;
  return dataset.summary.trainCount + dataset.summary.validationCount;
}

/** A queue that works through its rows. */
export interface ActiveProgress {
  readonly kind: 'training' | 'measuring';
  /** Of the row in progress, from 1. */
  readonly number: number;
  readonly total: number;
  readonly variant: VariantId;
  readonly seed: number;
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
  /** Whether a run is left that has not failed. */
  readonly isOpen: boolean;
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
  const rest = { done, failed, total, isOpen: done + failed < total };
  const row = nextRow(queue);
  if (done === total) return { kind: 'finished', ...rest };
  if (status === 'ended' || !row) return { kind: 'stopped', ...rest };
  if (status === 'paused' || phase === 'paused') return { kind: 'paused', ...rest };
  const mark = run?.record.experiment;
  const isOfRow =
    mark?.id === queue.id && mark.variant === row.variant && run?.record.recipe.seed === row.seed;
  const current = isOfRow ? run : undefined;
  const step = current?.step ?? 0;
  const waiting = rows.filter((other) => other !== row && other.status === 'waiting').length;
  const stepsLeft = frame.steps - step + waiting * frame.steps;
  const pace = current?.imagesPerSecond;
  return {
    kind: phase === 'evaluating' ? 'measuring' : 'training',
    ...{ number: rows.indexOf(row) + 1, total, variant: row.variant, seed: row.seed },
    ...{ step, steps: frame.steps },
    share: 1 - stepsLeft / (total * frame.steps),
    secondsLeft: pace && (stepsLeft * frame.batchSize) / pace,
  };
}

export function isActive(progress: AblationProgress): progress is ActiveProgress {
  return progress.kind === 'training' || progress.kind === 'measuring';
}

/** Where a recipe of the table is, by its runs from all seeds. */
export interface VariantState {
  readonly variant: VariantId;
  readonly isRunning: boolean;
  readonly done: number;
  readonly total: number;
  readonly failures: readonly Extract<AblationQueue['rows'][number], { status: 'failed' }>[];
}

export function variantStates(queue: AblationQueue): VariantState[] {
  return variantsOf(queue).map((variant) => {
    const rows = queue.rows.filter((row) => row.variant === variant);
    return {
      variant,
      isRunning: rows.some(({ status }) => status === 'running'),
      done: rows.filter(({ status }) => status === 'done').length,
      total: seedsOf(queue).length,
      failures: rows.flatMap((row) => (row.status === 'failed' ? [row] : [])),
    };
  });
}
