import type { Architecture } from './architecture.ts';
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
  readonly storedBytes: number;
}
