import type { WorkbenchState } from '../../app/state.ts';
import type { TrainingPoint, ValidationPoint } from '../../domain/metrics/metrics.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import type { LengthChange, RateChange } from '../../domain/recipe/schedule.ts';
import type { NamedTensor, RunRecord } from '../../domain/runs/run.ts';
import type { Material, Place } from './referenceEntry.ts';
import type { SetName } from './sets.ts';

/**
 * What the user believes: which runs there are, what each was made of, and how far it has come. What
 * can be looked up is not believed but looked up, and held against this.
 */
export interface Belief {
  readonly runs: Map<string, RunBelief>;
  /** The file that was exported last. */
  exported: Exported | undefined;
  /** Runs that were deleted last, in the order of deletion. */
  readonly deleted: string[];
  /** What the page in a tab shows, where one is open: of that the user believes what there is to see. */
  readonly seen: (place: number) => WorkbenchState | undefined;
  /** Whether pages have the drawings read without being told to, as whole ones do. */
  readonly pagesScore: boolean;
}

export const newBelief = (seen: Belief['seen'], pagesScore: boolean): Belief => ({
  ...{ runs: new Map(), exported: undefined, deleted: [], seen, pagesScore },
});

/** A figure, and of what it is. */
export interface Figure {
  readonly step: number;
  readonly accuracy: number;
}

export interface RunBelief {
  readonly id: string;
  /** How stories call it. */
  readonly name: string;
  /** The data set that it is trained and tested on, whichever is in use. */
  readonly set: SetName;
  /** Its images: those of the set, of a fine-tuning with drawings among them. */
  readonly material: Material;
  /** What was asked for. */
  readonly asked: Partial<Recipe>;
  /** Its newest checkpoint: found to be what these steps on these images come to. */
  place: Place;
  /** Which checkpoint that is; 0 before the first. */
  generation: number;
  losses: readonly TrainingPoint[];
  validations: readonly ValidationPoint[];
  /** What the user set, in the order of steps. */
  rateChanges: readonly RateChange[];
  lengthChanges: readonly LengthChange[];
  /** One that was set while steps were made: the checkpoint of that very step may be without it. */
  rateInFlight: RateChange | undefined;
  /** The name that the user has given it. */
  title: string | undefined;
  isDeleted: boolean;
  /** It was deleted while steps were made: the next checkpoint shows it again, if there is one. */
  mayShowAgain: boolean;
  /** The step at which the losses went off, of a run that waits for it: what came of it is not kept. */
  wentOffAt: number | undefined;
  test: Figure | undefined;
  /** Where the page has them read of its own accord, of any step that it came to rest at. */
  drawnStep: number | 'any' | undefined;
}

export interface Exported {
  readonly file: File;
  readonly run: RunBelief;
  readonly step: number;
  readonly weights: readonly NamedTensor[];
}

export function liveRuns({ runs }: Belief): RunBelief[] {
  return [...runs.values()].filter(({ isDeleted }) => !isDeleted);
}

/** The run that a random number means, of those that are there. */
export function pickRun(belief: Belief, pick: number): RunBelief | undefined {
  const live = liveRuns(belief);
  return live[pick % Math.max(1, live.length)];
}

/**
 * Those of the rates that were set which a checkpoint has: all of earlier steps, and of its own step what
 * it notes, where steps were made meanwhile.
 */
export function ratesIn(
  { rateChanges, rateInFlight }: RunBelief,
  record: Pick<RunRecord, 'step' | 'rateChanges'>,
): readonly RateChange[] {
  const isNoted = record.rateChanges?.at(-1)?.step === record.step;
  return rateChanges.filter(
    (change) =>
      change.step < record.step ||
      (change.step === record.step && (isNoted || change !== rateInFlight)),
  );
}

export function addRun(
  belief: Belief,
  id: string,
  beginning: Pick<RunBelief, 'set' | 'material' | 'asked' | 'place'> & Partial<RunBelief>,
): RunBelief {
  const run: RunBelief = {
    ...{ id, name: `run ${belief.runs.size + 1}`, generation: 0 },
    ...{
      losses: [],
      validations: [],
      rateChanges: [],
      lengthChanges: [],
      rateInFlight: undefined,
      title: undefined,
      isDeleted: false,
      mayShowAgain: false,
      wentOffAt: undefined,
    },
    ...{ test: undefined, drawnStep: belief.pagesScore ? 'any' : undefined },
    ...beginning,
  };
  belief.runs.set(id, run);
  return run;
}
