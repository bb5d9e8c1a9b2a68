import { at } from '../../util/assert.ts';
import type { ImageShape } from '../architecture/architecture.ts';
import { mistakesFirst, type RunEvaluation } from './metrics.ts';
import { rightBits } from './rightBits.ts';

/** The last evaluation of a run on the test images: its figures, and some of the mistakes. */
export interface KeptEvaluation {
  /** Steps done when it was made. */
  readonly step: number;
  /** Whose test images they are. */
  readonly datasetName: string;
  readonly datasetId?: string;
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  /** Top-1, 0 to 1. */
  readonly accuracy: number;
  readonly images: number;
  /** Of each image below. */
  readonly shape: ImageShape;
  readonly classNames: readonly string[];
  /** The most confident first. */
  readonly mistakes: readonly Mistake[];
  /** Which images were read right, a bit each (`rightBits`); missing of older evaluations. */
  readonly right?: Uint8Array;
}

export interface Mistake {
  /** Among the test images. */
  readonly index: number;
  /** Indices of classes. */
  readonly truth: number;
  readonly predicted: number;
  /** Probability of the predicted class. */
  readonly confidence: number;
  /** `height * width * channels` bytes. */
  readonly pixels: Uint8Array;
}

const MOST_MISTAKES = 24;
/** So that a long list of runs stays quick to read; large images are fewer. */
const MOST_PIXEL_BYTES = 60_000;

/**
 * What is kept of an evaluation.
 * @param pixels of all images of the split, one after the other.
 */
export function keptEvaluation(
  evaluation: RunEvaluation,
  { pixels, shape }: { readonly pixels: Uint8Array; readonly shape: ImageShape },
  classNames: readonly string[],
): KeptEvaluation {
  const { truths, predictions, confidences, loss, accuracy, images } = evaluation;
  const { step, datasetName, datasetId } = evaluation;
  const bytes = shape.height * shape.width * shape.channels;
  const most = Math.min(MOST_MISTAKES, Math.floor(MOST_PIXEL_BYTES / bytes));
  const mistakes = mistakesFirst(evaluation)
    .filter((index) => truths[index] !== predictions[index])
    .slice(0, most)
    .map((index) => ({
      index,
      truth: at(truths, index),
      predicted: at(predictions, index),
      confidence: at(confidences, index),
      pixels: pixels.slice(index * bytes, (index + 1) * bytes),
    }));
  return {
    ...{ step, datasetName, ...(datasetId === undefined ? {} : { datasetId }) },
    ...{ loss, accuracy, images, shape, classNames, mistakes },
    right: rightBits(truths, predictions),
  };
}
