import type { AugmentPlan } from '../domain/augment/draw.ts';
import type { Preparation, TuningMemory } from '../domain/machine/tuning.ts';
import type { TrainingPoint } from '../domain/metrics/metrics.ts';
import type { NamedTensor } from '../domain/runs/run.ts';
import type { Reader } from './reader.ts';

/**
 * Advances one network by one step at a time. The session and the panels do not know how: a plan may
 * be replayed, or a tape recorded.
 *
 * A trainer is made for one network, one data set and one recipe, and holds all of the run's state.
 * Between two steps it reads images, with the averages of the weights where the recipe keeps them.
 */
export interface Trainer extends Reader {
  /** Steps done since the run began, those before a resume included. */
  readonly step: number;

  /** How many steps may be made between two calls of `readMetrics`; beyond that figures are lost. */
  readonly mostUnread: number;

  /**
   * Enqueues the next step on these training images (indices into the data set, at most the
   * recipe's batch size), at this learning rate. Returns before a GPU has done it.
   */
  trainStep(indices: Uint32Array, learningRate: number): void;

  /**
   * Waits for the device and gives the loss and accuracy of every step since the last call, in
   * order. Called seldom: each call makes the processor and the GPU meet.
   */
  readMetrics(): Promise<TrainingPoint[]>;

  /** Weights and optimizer state after the last step: all that the next one depends on. */
  exportState(): Promise<NamedTensor[]>;

  /** Copies of the weights with which the network is used, by the architecture's names: all, or `only` these. */
  exportWeights(only?: readonly string[]): Promise<NamedTensor[]>;

  /** Sets what `exportState` gave, and the number of steps done. Nothing else is done before it. */
  importState(tensors: readonly NamedTensor[], step: number): void;
}

/** How a trainer is made ready, where there is something to make ready. */
export interface TrainerOptions {
  /** How training images are varied; without it they are not. */
  readonly augment?: AugmentPlan | undefined;
  /** Whether to measure which kernels are the fastest here; else the likeliest are taken. */
  readonly tune?: boolean;
  /** What was measured before. */
  readonly tuning?: TuningMemory | undefined;
  readonly onProgress?: (preparation: Preparation) => void;
  /** How many threads train on the wasm engine; without it, as many as are in use. */
  readonly threads?: number | undefined;
  /** Once aborted nothing more is measured; the trainer is made nevertheless. */
  readonly signal?: AbortSignal | undefined;
}
