import { at } from '../../util/assert.ts';
import type { Labels } from '../data/labels.ts';
import type { ConfusionCounts } from './confusion.ts';
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
  readonly confusion: ConfusionCounts;
  /** One entry an image, in file order. */
  readonly truths: Labels;
  readonly predictions: Labels;
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
