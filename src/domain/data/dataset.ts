import type { ImageShape } from '../architecture/architecture.ts';
import type { DatasetAssumption } from './datasetAssumption.ts';
import { type Labels, noLabels } from './labels.ts';
import type { ReadingChoices } from './readingChoices.ts';

/** Images with their labels, as the files hold them: one byte a channel, NHWC. */
export interface LabelledImages {
  readonly shape: ImageShape;
  readonly count: number;
  /** `count * height * width * channels` bytes. */
  readonly pixels: Uint8Array;
  /** `count` class indices. */
  readonly labels: Labels;
  /** What files call each image, where that is more than its place. */
  readonly ids?: RowIds;
}

/** What identifies each of several images, and what that is called: a column's header. */
export interface RowIds {
  readonly column: string;
  readonly values: readonly string[];
}

/** Images to predict, not to learn from. */
export type UnlabelledImages = Omit<LabelledImages, 'labels'>;

/** What kind of file a data set was read from. */
export type DatasetSource = 'IDX' | 'CSV' | 'NumPy' | 'CIFAR' | 'pictures';

/** How many classes a set may have; a label is below `max`. */
export const classCounts = { min: 2, max: 100 } as const;

/** One to train on, one to validate with. */
export const MIN_TRAINING_IMAGES = 2;

/** One gibibyte: what a page can hold beside a network. */
export const MAX_PIXEL_BYTES = 2 ** 30;

/** Of the files of one gesture, in zip files or not. MNIST has 70,000 pictures. */
export const MOST_SET_FILES = 2 ** 17;
/** With the folders, readmes and shadows of files that are passed over. */
export const MOST_LISTED_FILES = 4 * MOST_SET_FILES;

export interface Dataset {
  readonly name: string;
  readonly classNames: readonly string[];
  /** Training and validation images together, in file order; see `split`. */
  readonly train: LabelledImages;
  /** Touched only by an evaluation that the user asks for. */
  readonly test: LabelledImages;
  /** If there are such files; then `train` may have no images. */
  readonly unlabelled?: UnlabelledImages;
  readonly source?: DatasetSource;
  /** What was taken for granted when it was read. */
  readonly assumptions?: readonly DatasetAssumption[];
}

/** Pixels of `count` images of this shape, in bytes. A product of doubles cannot wrap around. */
export function pixelBytes({ height, width, channels }: ImageShape, count: number): number {
  return count * height * width * channels;
}

/** A set of no images. */
export function noImages(shape: ImageShape): LabelledImages {
  return { shape, count: 0, pixels: new Uint8Array(0), labels: noLabels(0) };
}

/** What the page needs to know of a data set. Counts by class have one entry a class. */
export interface DatasetSummary {
  /** Which set it is, whatever it is called: `datasetIdentity.ts`. */
  readonly id: string;
  readonly name: string;
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  readonly trainCount: number;
  readonly validationCount: number;
  readonly testCount: number;
  /** Images without labels, to be predicted; none if it is absent. */
  readonly unlabelledCount?: number;
  readonly trainClassCounts: readonly number[];
  /** What was taken for granted when it was read; none if it is absent. */
  readonly assumptions?: readonly DatasetAssumption[];
  /** How its files were read, as long as they are at hand to be read otherwise. */
  readonly choices?: ReadingChoices;
}
