import { sizeOf } from '../domain/architecture/shapes.ts';
import {
  composed,
  type FixedView,
  gatherMapped,
  mapOf,
  type PlaceMap,
} from '../domain/augment/fixedView.ts';
import type { LabelledImages } from '../domain/data/dataset.ts';
import { type Labels, labelsAt, noLabels } from '../domain/data/labels.ts';
import { confusionOf, topOneAccuracy } from '../domain/metrics/confusion.ts';
import type { Evaluation } from '../domain/metrics/metrics.ts';
import { gatherScaled, type Scaling } from '../domain/recipe/scaling.ts';
import { at } from '../util/assert.ts';
import type { Network } from './network.ts';
import { yieldToMessages } from './yieldToMessages.ts';

export interface EvaluationOptions {
  readonly split: Evaluation['split'];
  /** Indices of the images to use, in order. */
  readonly indices: Uint32Array;
  readonly batchSize: number;
  /** Looks at every image in this way, and not as it is. */
  readonly view?: FixedView;
  /**
   * Gives beside the plain figures those of the mean of the probabilities over these views. The first
   * is the image as it is.
   */
  readonly averagedOver?: readonly FixedView[];
  /** Whether to give the probability of every class of each image too. */
  readonly probabilities?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs images through the network in inference mode. Between two batches messages get their turn,
 * so that it can be cancelled; then it rejects with the signal's reason.
 */
export async function evaluate(
  network: Network,
  images: LabelledImages,
  scaling: Scaling,
  options: EvaluationOptions,
): Promise<Evaluation> {
  const { split, indices, batchSize, view, averagedOver = [], onProgress, signal } = options;
  const { classes } = network.architecture;
  const probabilities = options.probabilities
    ? new Float32Array(indices.length * classes)
    : undefined;
  const total = indices.length;
  const truths = labelsAt(images.labels, indices);
  const plain = new Tally(truths, classes);
  const averaged = new Tally(truths, classes);
  const base = view && mapOf(view);
  const read = async (batch: Uint32Array, map: PlaceMap | undefined) => {
    signal?.throwIfAborted();
    const values = new Float32Array(batch.length * sizeOf(imageShape(images)));
    if (map) gatherMapped(images, batch, map, scaling, values);
    else gatherScaled(images, batch, scaling, values);
    const logProbabilities = await logProbabilitiesOf(network, values, batch.length);
    await yieldToMessages();
    return logProbabilities;
  };
  for (let first = 0; first < total; first += batchSize) {
    const batch = indices.subarray(first, first + batchSize);
    const asItIs = await read(batch, base);
    plain.add(first, asItIs);
    probabilities?.set(asItIs.map(Math.exp), first * classes);
    if (averagedOver.length > 0) {
      const mean = Float64Array.from(asItIs, Math.exp);
      for (const other of averagedOver.slice(1)) {
        const map = base ? composed(base, mapOf(other)) : mapOf(other);
        for (const [i, value] of (await read(batch, map)).entries()) {
          mean[i] = at(mean, i) + Math.exp(value);
        }
      }
      averaged.add(
        first,
        mean.map((sum) => Math.log(Math.max(sum, LEAST) / averagedOver.length)),
      );
    }
    onProgress?.(first + batch.length, total);
  }
  const { loss, accuracy, confusion, predictions, confidences } = plain.result();
  const figures = averagedOver.length > 0 && {
    loss: averaged.result().loss,
    accuracy: averaged.result().accuracy,
  };
  return {
    ...{ split, images: total, loss, accuracy, confusion },
    ...{ truths, predictions, confidences },
    ...(probabilities && { probabilities }),
    ...(figures && { augmented: { ...figures, views: averagedOver.length } }),
  };
}

/** Its logarithm is finite. */
const LEAST = Number.MIN_VALUE * 2 ** 20;

/** Keeps what was read of each image, and the sum of the losses. */
class Tally {
  readonly predictions: Labels;
  readonly confidences: Float32Array;
  private lossSum = 0;

  constructor(
    private readonly truths: Labels,
    private readonly classes: number,
  ) {
    this.predictions = noLabels(truths.length);
    this.confidences = new Float32Array(truths.length);
  }

  /** Takes the rows of a batch whose first image is the `first` of all. */
  add(first: number, logProbabilities: Float32Array | Float64Array): void {
    const { truths, classes, predictions, confidences } = this;
    for (let i = 0; i < logProbabilities.length / classes; i++) {
      const row = logProbabilities.subarray(i * classes, (i + 1) * classes);
      const predicted = largest(row);
      predictions[first + i] = predicted;
      confidences[first + i] = Math.exp(at(row, predicted));
      this.lossSum -= at(row, at(truths, first + i));
    }
  }

  result() {
    const { truths, predictions, confidences, classes, lossSum } = this;
    const confusion = confusionOf(truths, predictions, classes);
    const accuracy = topOneAccuracy(confusion);
    return { loss: lossSum / truths.length, accuracy, confusion, predictions, confidences };
  }
}

/** Probabilities of each class for one image, given as scaled NHWC values. */
export async function classProbabilities(
  network: Network,
  values: Float32Array,
): Promise<number[]> {
  const logProbabilities = await logProbabilitiesOf(network, values, 1);
  return Array.from(logProbabilities, Math.exp);
}

/** Of so many images, `count * classes` values. */
export async function logProbabilitiesOf(
  network: Network,
  values: Float32Array,
  count: number,
): Promise<Float32Array> {
  return logProbabilities(await network.infer(values, count), network.architecture.classes);
}

/** The probabilities of one image's classes. */
export function softmax(logits: Float32Array): Float32Array {
  return logProbabilities(logits, logits.length).map(Math.exp);
}

/** `logits - log(sum of their exponentials)`, row by row; the largest first, so that none overflows. */
function logProbabilities(logits: Float32Array, classes: number): Float32Array {
  const result = new Float32Array(logits.length);
  for (let first = 0; first < logits.length; first += classes) {
    const row = logits.subarray(first, first + classes);
    const most = at(row, largest(row));
    const sum = row.reduce((total, logit) => total + Math.exp(logit - most), 0);
    const norm = most + Math.log(sum);
    for (const [i, logit] of row.entries()) result[first + i] = logit - norm;
  }
  return result;
}

function imageShape({ shape }: LabelledImages): number[] {
  return [shape.height, shape.width, shape.channels];
}

/** Position of the largest value. */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (at(values, i) > at(values, best)) best = i;
  return best;
}
