import type { Architecture } from '../../src/domain/architecture.ts';
import type { LabelledImages } from '../../src/domain/dataset.ts';
import type { Recipe } from '../../src/domain/recipe.ts';
import type { NamedTensor } from '../../src/domain/run.ts';
import type { Scaling } from '../../src/domain/scaling.ts';

/**
 * One implementation of the training step, as the stopwatch sees it. All of them run in one process
 * on one adapter, in turns, so that a machine that slows down slows all of them.
 */
export interface Contestant {
  readonly name: string;
  /** What a reader has to know to compare it fairly. */
  readonly note?: string;
  /** Enqueues one whole training step; it may return before the device has done it. */
  step(): void;
  /** Waits until the device has done every step so far, and fails if what it gave is no number. */
  settle(): Promise<void>;
  /** More to tell of it beside its times: dispatches a step, say. */
  facts?(): Readonly<Record<string, number | string>>;
  dispose(): void;
}

/** What all contestants train: the same network from the same weights on the same images. */
export interface Setup {
  readonly architecture: Architecture;
  readonly recipe: Recipe;
  readonly scaling: Scaling;
  readonly images: LabelledImages;
  readonly weights: readonly NamedTensor[];
  /** The images of a step, counted from 0. */
  indices(step: number): Uint32Array;
}
