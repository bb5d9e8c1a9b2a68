import type { LabelledImages } from './dataset.ts';

/**
 * What a run is trained on: images, those that it learns from, and those that validate. One object, so
 * that no order of one set's images ever meets the pixels of another.
 */
export interface TrainingSet {
  /** Two of one key are the same images, divided in the same way. */
  readonly key: string;
  readonly images: LabelledImages;
  /** Indices into `images`. */
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}
