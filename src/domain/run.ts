import type { VariantId } from './ablation.ts';
import type { Architecture } from './architecture.ts';
import type { DrawnFigures } from './drawings.ts';
import type { History } from './metrics.ts';
import type { Recipe } from './recipe.ts';
import type { Scaling } from './scaling.ts';
import type { RateChange } from './schedule.ts';

/** One named tensor of a model or of its optimizer, row-major float32. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** `training` in a stored record means that its tab went away while it trained. */
export type RunStatus = 'training' | 'paused' | 'stopped' | 'finished' | 'imported';

/** Everything about a run but its tensors. */
export interface RunRecord {
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
  /** Of the kept data set that it was trained on, if it was one. */
  readonly datasetId?: string;
  /** On how many images its scaling was fitted; unknown of imported and older runs. */
  readonly scalingImages?: number;
  readonly classNames: readonly string[];
  readonly engine: string;
  /** Learning rates that were set while it trained, in the order of their steps. */
  readonly rateChanges?: readonly RateChange[];
  /** Steps done. Random numbers and shuffling depend on the seed and the step alone. */
  readonly step: number;
  /** Time spent in training steps. */
  readonly trainingMs: number;
  readonly history: History;
  /** Accuracy of the last evaluation on the test images, if there was one. */
  readonly testAccuracy?: number;
  /** How it last read the personal test set, if there was one. */
  readonly drawnScore?: DrawnFigures;
  /** The ids of all drawings that it was fine-tuned on, if it was. */
  readonly tunedOn?: readonly string[];
  /** The validation of the lowest loss, where its weights are kept beside the last. */
  readonly best?: BestValidation;
  /** Set where the run is one of an experiment's. */
  readonly experiment?: ExperimentMark;
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

/** How long the deletion of runs can be undone; after that they are gone. */
export const DELETION_UNDO_MS = 12_000;

/** A run in the list of runs. */
export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly recipe: Recipe;
  readonly datasetName: string;
  readonly engine: string;
  readonly step: number;
  readonly validationAccuracy?: number;
  readonly testAccuracy?: number;
  readonly drawnScore?: DrawnFigures;
  readonly best?: BestValidation;
  readonly experiment?: ExperimentMark;
  /** How many images of its mistakes are kept with it. */
  readonly mistakes?: number;
  readonly storedBytes: number;
}
