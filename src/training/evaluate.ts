import type { LabelledImages } from '../domain/dataset.ts';
import { confusionMatrix, type Evaluation, topOneAccuracy } from '../domain/metrics.ts';
import { gatherScaled, type Scaling } from '../domain/scaling.ts';
import { sizeOf } from '../domain/shapes.ts';
import { tf } from '../engine/tf.ts';
import { at } from '../util/assert.ts';
import type { Network } from './network.ts';
import { yieldToMessages } from './yieldToMessages.ts';

/** Images that a validation or evaluation puts through the network at once. */
export const EVALUATION_BATCH = 200;

export interface EvaluationOptions {
  readonly split: Evaluation['split'];
  /** Indices of the images to use, in order. */
  readonly indices: Uint32Array;
  readonly batchSize: number;
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
  { split, indices, batchSize, onProgress, signal }: EvaluationOptions,
): Promise<Evaluation> {
  const { classes } = network.architecture;
  const total = indices.length;
  const truths = Uint8Array.from(indices, (index) => at(images.labels, index));
  const predictions = new Uint8Array(total);
  const confidences = new Float32Array(total);
  let lossSum = 0;
  for (let first = 0; first < total; first += batchSize) {
    signal?.throwIfAborted();
    const batch = indices.subarray(first, first + batchSize);
    const values = new Float32Array(batch.length * sizeOf(imageShape(images)));
    gatherScaled(images, batch, scaling, values);
    const logProbabilities = await logProbabilitiesOf(network, values, batch.length);
    for (let i = 0; i < batch.length; i++) {
      const row = logProbabilities.subarray(i * classes, (i + 1) * classes);
      const predicted = largest(row);
      predictions[first + i] = predicted;
      confidences[first + i] = Math.exp(at(row, predicted));
      lossSum -= at(row, at(truths, first + i));
    }
    onProgress?.(first + batch.length, total);
    await yieldToMessages();
  }
  const confusion = confusionMatrix(truths, predictions, classes);
  const accuracy = topOneAccuracy(confusion);
  return {
    ...{ split, images: total, loss: lossSum / total, accuracy, confusion },
    ...{ truths, predictions, confidences },
  };
}

/** Probabilities of each class for one image, given as scaled NHWC values. */
export async function classProbabilities(
  network: Network,
  values: Float32Array,
): Promise<number[]> {
  const logProbabilities = await logProbabilitiesOf(network, values, 1);
  return Array.from(logProbabilities, Math.exp);
}

async function logProbabilitiesOf(
  network: Network,
  values: Float32Array,
  count: number,
): Promise<Float32Array> {
  const { input, classes } = network.architecture;
  const { height, width, channels } = input;
  const result = tf.tidy(() => {
    const logits = network.holder?.infer
      ? tf.tensor2d(network.holder.infer(values, count), [count, classes])
      : network.logits(tf.tensor4d(values, [count, height, width, channels]), false);
    return tf.logSoftmax(logits);
  });
  const data = await result.data<'float32'>();
  result.dispose();
  return data;
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
