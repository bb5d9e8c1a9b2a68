import { canStart, isResting } from '../../../app/canStart.ts';
import type { RunState, WorkbenchState } from '../../../app/state.ts';
import { learningRateAt, withChange } from '../../../domain/recipe/schedule.ts';
import { plannedSteps } from '../../../domain/runs/run.ts';

/** Where the run in memory stands, which decides what the control bar offers. */
export type Situation = 'empty' | 'running' | 'paused' | 'unfinished' | 'complete' | 'imported';

export function situationOf({ phase, run }: WorkbenchState): Situation {
  if (!run) return 'empty';
  if (phase === 'training') return 'running';
  if (phase === 'paused') return 'paused';
  const { status, step } = run.record;
  if (run.step < plannedSteps(run.record)) return 'unfinished';
  return status === 'imported' && run.step === step ? 'imported' : 'complete';
}

/** Why nothing can be started now. */
export type Busy = Exclude<WorkbenchState['phase'], 'idle' | 'paused' | 'training'>;

export function busyWith({ phase }: WorkbenchState): Busy | undefined {
  return isResting(phase) || phase === 'training' ? undefined : phase;
}

/** Passes over the training images, whole and done; undefined while their number is not known. */
export interface Epochs {
  readonly done: number;
  readonly all: number;
}

export function epochsOf({ run }: WorkbenchState): Epochs | undefined {
  const { recipe, scalingImages = 0, mixedWith } = run?.record ?? {};
  // Of one that is fine-tuned the images are others than those.
  if (!run || !recipe || scalingImages === 0 || mixedWith) return undefined;
  const stepsPerEpoch = Math.ceil(scalingImages / recipe.batchSize);
  return { done: run.step / stepsPerEpoch, all: plannedSteps(run.record) / stepsPerEpoch };
}

/** The learning rate of the next step, and what the schedule takes its share of. */
export interface LearningRateNow {
  readonly current: number;
  readonly height: number;
}

/** Undefined where no run trains or waits in a pause: then there is nothing to change. */
export function learningRateNow(state: WorkbenchState): LearningRateNow | undefined {
  const { run } = state;
  if (!run || !canStart('changeLearningRate')(state)) return undefined;
  const { recipe, rateChanges = [] } = run.record;
  return {
    current: learningRateAt(recipe, run.step, run.record),
    height: rateChanges.at(-1)?.learningRate ?? recipe.learningRate,
  };
}

/**
 * The learning rate of the first of so many further steps, of a run whose rate is scheduled over all of
 * its steps; undefined of others, where it stays what it is.
 */
export function rateOfMore({ run }: WorkbenchState, moreSteps: number): number | undefined {
  if (!run || run.record.recipe.schedule === 'constant') return undefined;
  const { recipe, lengthChanges, rateChanges = [] } = run.record;
  const change = { step: run.step, steps: run.step + moreSteps };
  const changes = { rateChanges, lengthChanges: withChange(lengthChanges, change) };
  return learningRateAt(recipe, run.step, changes);
}

/** The newest state of the run that is on disk. */
export interface Kept {
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** From this visit's checkpoints, or from the list of stored runs where it was opened from there. */
export function keptState(run: RunState, runs: WorkbenchState['runs']): Kept | undefined {
  const { checkpoint, record } = run;
  if (checkpoint) return { step: checkpoint.step, at: checkpoint.savedAt };
  const stored = runs.find(({ id }) => id === record.id);
  return stored && { step: stored.step, at: stored.updatedAt };
}

/** Where the first checkpoint will be; undefined where the run ends before it. */
export function firstCheckpoint({ record }: RunState): number | undefined {
  const { checkpointInterval } = record.recipe;
  return checkpointInterval < plannedSteps(record) ? checkpointInterval : undefined;
}

/** A name for files about this run that every file system takes. */
export function fileNameOf({ name }: RunState['record']): string {
  const safe = name
    .normalize('NFKC')
    .replaceAll('×', 'x')
    .replace(/[^\p{Letter}\p{Number}.]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return safe || 'run';
}
