import type { Recipe } from './recipe.ts';

/** The learning rate from a step on, where it was changed while training. */
export interface RateChange {
  /** Steps done when it was changed. */
  readonly step: number;
  readonly learningRate: number;
}

/** How many steps a run has in all, from a step on, where that was changed. */
export interface LengthChange {
  /** Steps done when it was changed. */
  readonly step: number;
  readonly steps: number;
}

/** What was changed of a recipe while its run trained, each in the order of the steps. */
export interface CourseChanges {
  readonly rateChanges?: readonly RateChange[];
  readonly lengthChanges?: readonly LengthChange[];
}

type Scheduled = Pick<Recipe, 'learningRate' | 'schedule' | 'steps' | 'warmup'>;

/** Where a one-cycle schedule starts and reaches its height. */
const CYCLE_START = 1 / 25;
const CYCLE_PEAK = 0.3;

/**
 * The learning rate of the step that follows `stepsDone` others: the recipe's, or what it was changed
 * to, times the schedule's share of the length that the run had then. So a run that was given more
 * steps is scheduled anew from there on, and its first part stays as it was.
 */
export function learningRateAt(
  recipe: Scheduled,
  stepsDone: number,
  { rateChanges = [], lengthChanges = [] }: CourseChanges = {},
): number {
  const learningRate = inForce(rateChanges, stepsDone)?.learningRate ?? recipe.learningRate;
  const steps = inForce(lengthChanges, stepsDone)?.steps ?? recipe.steps;
  return learningRate * scheduledShare({ ...recipe, steps }, stepsDone);
}

/** The last change made by then. */
function inForce<Change extends { readonly step: number }>(
  changes: readonly Change[],
  stepsDone: number,
): Change | undefined {
  return changes.findLast(({ step }) => step <= stepsDone);
}

/** A change after so many steps; one that no step was made with is replaced. */
export function withChange<Change extends { readonly step: number }>(
  changes: readonly Change[] = [],
  change: Change,
): readonly Change[] {
  return [...changes.filter(({ step }) => step < change.step), change];
}

/**
 * The changes of a run that has gone on to `step`, with what somebody else has noted meanwhile at an earlier
 * one: that holds from here, since the steps in between did not know of it.
 */
export function withChangeNoted<Change extends { readonly step: number }>(
  own: readonly Change[] = [],
  noted: readonly Change[] = [],
  step: number,
): readonly Change[] {
  const known = new Set(own.map((change) => JSON.stringify(change)));
  const last = noted.findLast((change) => !known.has(JSON.stringify(change)));
  return last ? withChange(own, { ...last, step: Math.max(step, last.step) }) : own;
}

/**
 * With p the share of the run that is done, 0 to 1:
 *
 *   constant   1
 *   step       1, a tenth from p = 1/2 on, a hundredth from 3/4 on (He et al. 2016, section 4.2)
 *   cosine     (1 + cos(pi p)) / 2 (Loshchilov and Hutter 2017, equation 5)
 *   oneCycle   from 1/25 up to 1 at p = 0.3, then down to 0, both along cosines (Smith and Topin 2018)
 *
 * times min(1, (stepsDone + 1) / warmup).
 */
export function scheduledShare({ schedule, steps, warmup }: Scheduled, stepsDone: number): number {
  const done = steps === 0 ? 1 : Math.min(1, stepsDone / steps);
  return shareOf(schedule, done) * Math.min(1, (stepsDone + 1) / Math.max(1, warmup));
}

function shareOf(schedule: Recipe['schedule'], done: number): number {
  switch (schedule) {
    case 'constant':
      return 1;
    case 'step':
      return done < 0.5 ? 1 : done < 0.75 ? 0.1 : 0.01;
    case 'cosine':
      return fall(done);
    case 'oneCycle': {
      if (done >= CYCLE_PEAK) return fall((done - CYCLE_PEAK) / (1 - CYCLE_PEAK));
      return 1 - (1 - CYCLE_START) * fall(done / CYCLE_PEAK);
    }
  }
}

/** From 1 at 0 to 0 at 1, along half a cosine. */
function fall(share: number): number {
  return (1 + Math.cos(Math.PI * share)) / 2;
}

/**
 * What the moving average of the weights keeps of itself at an update, which counts from 1: less than
 * the recipe's share at first, so that the initial weights are soon forgotten (as TensorFlow's
 * `ExponentialMovingAverage` does with `num_updates`).
 */
export function averageDecay(averaging: number, update: number): number {
  return Math.min(averaging, update / (9 + update));
}
