import type { ImageShape } from './architecture.ts';

/** Images with their labels, as the files hold them: one byte a channel, NHWC. */
export interface LabelledImages {
  readonly shape: ImageShape;
  readonly count: number;
  /** `count * height * width * channels` bytes. */
  readonly pixels: Uint8Array;
  /** `count` class indices. */
  readonly labels: Uint8Array;
}

export interface Dataset {
  readonly name: string;
  readonly classNames: readonly string[];
  /** Training and validation images together, in file order; see `split`. */
  readonly train: LabelledImages;
  /** Touched only by an evaluation that the user asks for. */
  readonly test: LabelledImages;
}

/** What the page needs to know of a data set. Counts by class have one entry a class. */
export interface DatasetSummary {
  readonly name: string;
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  readonly trainCount: number;
  readonly validationCount: number;
  readonly testCount: number;
  readonly trainClassCounts: readonly number[];
}
