import { at } from '../../util/assert.ts';
import type { Points } from './curve.ts';

/** Loss (mean cross-entropy in nats) and top-1 accuracy (0 to 1) of one training step's batch. */
export interface TrainingPoint {
  /** Steps done, from 1. */
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** The same over validation images, measured after `step` steps. */
export interface ValidationPoint extends TrainingPoint {
  readonly images: number;
}

export interface History {
  readonly training: Points<TrainingPoint>;
  readonly validation: Points<ValidationPoint>;
}

export interface Evaluation {
  /** `training`: as many of the training images as there are validation images. */
  readonly split: 'test' | 'validation' | 'training';
  readonly images: number;
  readonly loss: number;
  /** Top-1, 0 to 1. */
  readonly accuracy: number;
  /** `confusion[truth][predicted]`, counts. */
  readonly confusion: readonly (readonly number[])[];
  /** One entry an image, in file order. */
  readonly truths: Uint8Array;
  readonly predictions: Uint8Array;
  /** Probability of the predicted class. */
  readonly confidences: Float32Array;
  /** `images * classes`, image by image, if they were asked for. */
  readonly probabilities?: Float32Array;
  /** The same images with test-time augmentation, if it was asked for. */
  readonly augmented?: AugmentedFigures;
}

/** One that was made of a run: after how many steps, and on the images of which data set. */
export interface RunEvaluation extends Evaluation {
  readonly runId: string;
  readonly step: number;
  readonly datasetName: string;
  readonly datasetId: string;
}

/** What the mean of a network's probabilities over several views of each image comes to. */
export interface AugmentedFigures {
  readonly accuracy: number;
  readonly loss: number;
  /** How many, the image as it is among them. */
  readonly views: number;
}

/** Counts of images by true and by predicted class: `matrix[truth][predicted]`. */
export function confusionMatrix(
  truths: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < truths.length; i++) {
    const row = at(matrix, at(truths, i));
    const predicted = at(predictions, i);
    row[predicted] = at(row, predicted) + 1;
  }
  return matrix;
}

/** Share of all images on the diagonal, 0 to 1; 0 where there are none. */
export function topOneAccuracy(confusion: readonly (readonly number[])[]): number {
  const right = confusion.reduce((sum, row, i) => sum + at(row, i), 0);
  const total = confusion.reduce((sum, row) => sum + rowSum(row), 0);
  return total === 0 ? 0 : right / total;
}

/** Recall of each class: the share of its images that were recognised; undefined where it has none. */
export function accuracyByClass(confusion: readonly (readonly number[])[]): (number | undefined)[] {
  return confusion.map((row, i) => (rowSum(row) === 0 ? undefined : at(row, i) / rowSum(row)));
}

/**
 * The order in which a person wants to see images: the wrong ones first, the most confident
 * mistakes before the others, then the right ones, the least certain first.
 */
export function mistakesFirst({ truths, predictions, confidences }: Evaluation): number[] {
  const confidence = (i: number) => at(confidences, i);
  const wrong: number[] = [];
  const right: number[] = [];
  for (let i = 0; i < truths.length; i++) {
    (truths[i] === predictions[i] ? right : wrong).push(i);
  }
  wrong.sort((a, b) => confidence(b) - confidence(a));
  right.sort((a, b) => confidence(a) - confidence(b));
  return [...wrong, ...right];
}

function rowSum(row: readonly number[]): number {
  return row.reduce((sum, count) => sum + count, 0);
}

/** Two classes that are taken for each other: `count` images of `truth` were read as `predicted`. */
export interface Confusion {
  readonly truth: number;
  readonly predicted: number;
  readonly count: number;
}

/** The most frequent mistakes, at most `limit` of them, the worst first. */
export function mostConfused(
  confusion: readonly (readonly number[])[],
  limit = Number.POSITIVE_INFINITY,
): Confusion[] {
  return confusion
    .flatMap((row, truth) => row.map((count, predicted) => ({ truth, predicted, count })))
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, limit);
}
