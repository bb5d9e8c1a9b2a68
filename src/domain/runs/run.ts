import type { VariantId } from '../ablation/ablation.ts';
import type { Architecture } from '../architecture/architecture.ts';
import type { DatasetAssumption } from '../data/datasetAssumption.ts';
import type { Look } from '../data/look.ts';
import type { DrawnFigures } from '../drawing/drawings.ts';
import { curvesOf } from '../metrics/history.ts';
import type { History } from '../metrics/metrics.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { Scaling } from '../recipe/scaling.ts';
import type { CourseChanges } from '../recipe/schedule.ts';

/** One named tensor of a model or of its optimizer, row-major float32. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** `training` in a stored record means that its tab went away while it trained. */
export type RunStatus = 'training' | 'paused' | 'stopped' | 'finished' | 'imported';

/** Everything about a run but its tensors. */
export interface RunRecord extends RunFacts {
  readonly history: History;
}

/** What a run is and came to, whatever its length: the record without its curves. */
export interface RunFacts extends CourseChanges {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly recipe: Recipe;
  readonly architecture: Architecture;
  readonly scaling: Scaling;
  readonly datasetName: string;
  /** Which data set it was trained on (`datasetIdentity`); unknown of some imported models. */
  readonly datasetId?: string;
  /** What was taken for granted when that set was read; none of older runs. */
  readonly assumptions?: readonly DatasetAssumption[];
  /** On how many images its scaling was fitted; unknown of imported and older runs. */
  readonly scalingImages?: number;
  /**
   * What its training images look like; what it reads is made to look alike. Missing of natural pictures,
   * of older runs and of older files.
   */
  readonly look?: Look;
  readonly classNames: readonly string[];
  readonly engine: string;
  /** Steps done. Random numbers and shuffling depend on the seed and the step alone. */
  readonly step: number;
  /** Time spent in training steps. */
  readonly trainingMs: number;
  /** The last evaluation on test images, if there was one. */
  readonly test?: TestFigure;
  /** How it last read the personal test set, if there was one. */
  readonly drawnScore?: DrawnFigures;
  /** The ids of all drawings that it was fine-tuned on, if it was. */
  readonly tunedOn?: readonly string[];
  /** The ids of the drawings that it learns from now, mixed with images of its data set. */
  readonly mixedWith?: readonly string[];
  /** The validation of the lowest loss, where its weights are kept beside the last. */
  readonly best?: BestValidation;
  /** Set where the run is one of an experiment's. */
  readonly experiment?: ExperimentMark;
}

/** How a run read test images after `step` steps: top-1 accuracy from 0 to 1, and of which data set. */
export interface TestFigure {
  readonly step: number;
  readonly accuracy: number;
  /** How many they were; unknown of runs from before it was noted. */
  readonly images?: number;
  readonly datasetName: string;
  /** Unknown of runs from before it was noted. */
  readonly datasetId?: string;
}

/** A validation after `step` steps: mean cross-entropy in nats, top-1 accuracy from 0 to 1. */
export interface BestValidation {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** Which experiment a run belongs to, and as which of its variants. */
export interface ExperimentMark {
  readonly id: string;
  readonly variant: VariantId;
  /** How many images its runs train on, whatever the data set's division is; the others validate. */
  readonly trainingImages?: number;
}

/** Without the curves, if they are there. */
export function factsOf(record: RunFacts): RunFacts {
  const { history: _, ...facts } = record as RunRecord;
  return facts;
}

/** How many steps a run has in all: its recipe's, or what that was changed to. */
export function plannedSteps({ recipe, lengthChanges }: RunPlan): number {
  return lengthChanges?.at(-1)?.steps ?? recipe.steps;
}

type RunPlan = Pick<RunFacts, 'recipe' | 'lengthChanges'>;

/**
 * The record as it was after so many steps: whatever carries a later step is cut off, and what was
 * measured of later weights too.
 */
export function upToStep(record: RunRecord, step: number): RunRecord {
  const { rateChanges, lengthChanges, history, best, test, drawnScore, trainingMs, ...rest } =
    record;
  const isPast = (point: { readonly step: number }) => point.step <= step;
  const { training, validation } = curvesOf(history);
  // What was changed after the last of these steps was never trained with.
  const isInForce = (change: { readonly step: number }) => change.step < step;
  return {
    ...rest,
    step,
    trainingMs: record.step === 0 ? 0 : (trainingMs * Math.min(step, record.step)) / record.step,
    history: { training: training.upTo(step), validation: validation.upTo(step) },
    ...(rateChanges && { rateChanges: rateChanges.filter(isInForce) }),
    ...(lengthChanges && { lengthChanges: lengthChanges.filter(isInForce) }),
    ...(best && isPast(best) && { best }),
    ...(test && isPast(test) && { test }),
    ...(drawnScore && isPast(drawnScore) && { drawnScore }),
  };
}

/** A run in the list of runs. */
export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly recipe: Recipe;
  readonly datasetName: string;
  readonly datasetId?: string;
  readonly engine: string;
  readonly step: number;
  /** How many steps it has in all. */
  readonly steps: number;
  readonly validationAccuracy?: number;
  readonly test?: TestFigure;
  readonly drawnScore?: DrawnFigures;
  readonly best?: BestValidation;
  readonly experiment?: ExperimentMark;
  /** Set where its network came from another program, and no recipe makes it. */
  readonly hasImportedNetwork?: true;
  /** When it was used last, of one that is listed: milliseconds since 1970. */
  readonly openedAt?: number;
  /** How many images of its mistakes are kept with it. */
  readonly mistakes?: number;
  readonly storedBytes: number;
}
