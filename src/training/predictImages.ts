import { pixelBytes, type UnlabelledImages } from '../domain/data/dataset.ts';
import { type Labels, noLabels } from '../domain/data/labels.ts';
import { gatherScaled, type Scaling } from '../domain/recipe/scaling.ts';
import { largest, logProbabilitiesOf } from './evaluate.ts';
import type { Network } from './network.ts';
import { READING_BATCH } from './reader.ts';
import { yieldToMessages } from './yieldToMessages.ts';

export interface ImagePredictions {
  /** The most probable class of each image, in their order. */
  readonly labels: Labels;
  /** `count * classes`, each row summing to 1. */
  readonly probabilities: Float32Array;
}

export interface PredictingOptions {
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** Reads all of these images. Between two batches messages get their turn, so it can be cancelled. */
export async function predictImages(
  network: Network,
  images: UnlabelledImages,
  scaling: Scaling,
  { onProgress, signal }: PredictingOptions,
): Promise<ImagePredictions> {
  const { count, shape } = images;
  const { classes } = network.architecture;
  const labels = noLabels(count);
  const probabilities = new Float32Array(count * classes);
  for (let first = 0; first < count; first += READING_BATCH) {
    signal.throwIfAborted();
    const size = Math.min(READING_BATCH, count - first);
    const batch = Uint32Array.from({ length: size }, (_, i) => first + i);
    const values = new Float32Array(pixelBytes(shape, size));
    gatherScaled(images, batch, scaling, values);
    const rows = (await logProbabilitiesOf(network, values, size)).map(Math.exp);
    probabilities.set(rows, first * classes);
    for (let i = 0; i < size; i++) {
      labels[first + i] = largest(rows.subarray(i * classes, (i + 1) * classes));
    }
    onProgress(first + size, count);
    await yieldToMessages();
  }
  return { labels, probabilities };
}
