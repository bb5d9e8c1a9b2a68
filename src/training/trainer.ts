import type { TrainingPoint } from '../domain/metrics.ts';
import type { NamedTensor } from '../domain/run.ts';

/**
 * Advances one model by one step at a time. The session and the panels do not know how: the tape
 * implementation runs on any engine, a compiled one may replay a fixed list of dispatches.
 *
 * A trainer is made for one model, one data set and one recipe, and updates the model's weights in
 * place, so that an evaluation between two steps sees them.
 */
export interface Trainer {
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

  /** Sets what `exportState` gave, and the number of steps done. */
  importState(tensors: readonly NamedTensor[], step: number): void;

  dispose(): void;
}
