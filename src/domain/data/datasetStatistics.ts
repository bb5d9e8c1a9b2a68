import { portions, type Steps } from '../../util/steps.ts';
import { type Dataset, type LabelledImages, pixelBytes } from './dataset.ts';
import { ImageIndex } from './imageIndex.ts';
import type { Labels } from './labels.ts';

/** What is worth knowing of a data set before anything is trained on it. */
export interface DatasetStatistics {
  /** One entry a class. */
  readonly trainClassCounts: readonly number[];
  readonly testClassCounts: readonly number[];
  /** Images of the smallest class for each of the largest in training: 1 if all are equal, else less. */
  readonly balance: number;
  /** Mean of every pixel over the training images, rounded; shaped as one image. */
  readonly meanImage: Uint8Array;
  readonly pixels: PixelStatistics;
  readonly duplicates: Duplicates;
  /** For each class the indices of its first training images. */
  readonly examples: readonly (readonly number[])[];
}

/**
 * Of all values of all training images, 0 to 255, those held back for validation among them, which the
 * scaling leaves out. All are 0 where there are no images.
 */
export interface PixelStatistics {
  readonly mean: number;
  /** Standard deviation of the whole, not estimated from a sample. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
}

/** Images with the very same pixels. */
export interface Duplicates {
  /** Training images that are equal to an earlier one. */
  readonly withinTraining: number;
  /** Test images that are equal to a training image: what they measure is memory. */
  readonly testInTraining: number;
}

export function* datasetStatistics(
  { train, test, classNames }: Dataset,
  examplesOfClass = 8,
): Steps<DatasetStatistics> {
  const trainClassCounts = countClasses(train.labels, classNames.length);
  return {
    trainClassCounts,
    testClassCounts: countClasses(test.labels, classNames.length),
    balance: balanceOf(trainClassCounts),
    meanImage: yield* meanImage(train),
    pixels: yield* pixelStatistics(train.pixels),
    duplicates: yield* countDuplicates(train, test),
    examples: examplesByClass(train.labels, classNames.length, examplesOfClass),
  };
}

export function countClasses(labels: Labels, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

export function balanceOf(counts: readonly number[]): number {
  const largest = Math.max(0, ...counts);
  return largest === 0 ? 0 : Math.min(...counts) / largest;
}

export function* meanImage({ shape, count, pixels }: LabelledImages): Steps<Uint8Array> {
  const imageBytes = pixelBytes(shape, 1);
  const sums = new Float64Array(imageBytes);
  for (const [first, end] of portions(count, imageBytes)) {
    for (let i = first * imageBytes, place = 0; i < end * imageBytes; i++) {
      sums[place] = (sums[place] ?? 0) + (pixels[i] ?? 0);
      if (++place === imageBytes) place = 0;
    }
    yield;
  }
  return Uint8Array.from(sums, (sum) => Math.round(sum / Math.max(1, count)));
}

/** By way of how often each value occurs, so that sums stay exact. */
export function* pixelStatistics(pixels: Uint8Array): Steps<PixelStatistics> {
  const counts = new Float64Array(256);
  for (const [first, end] of portions(pixels.length)) {
    for (let i = first; i < end; i++) {
      const value = pixels[i] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
    yield;
  }
  const count = Math.max(1, pixels.length);
  const mean = counts.reduce((sum, times, value) => sum + times * value, 0) / count;
  const variance = counts.reduce((sum, times, value) => sum + times * (value - mean) ** 2, 0);
  const occurs = (times: number) => times > 0;
  return {
    mean,
    sd: Math.sqrt(variance / count),
    min: Math.max(0, counts.findIndex(occurs)),
    max: Math.max(0, counts.findLastIndex(occurs)),
  };
}

export function* countDuplicates(train: LabelledImages, test: LabelledImages): Steps<Duplicates> {
  const index = new ImageIndex(train);
  const imageBytes = pixelBytes(test.shape, 1);
  let withinTraining = 0;
  for (const [first, end] of portions(train.count, imageBytes)) {
    for (let i = first; i < end; i++) if (index.add(i)) withinTraining++;
    yield;
  }
  let testInTraining = 0;
  for (const [first, end] of portions(test.count, imageBytes)) {
    for (let i = first; i < end; i++) {
      const image = test.pixels.subarray(i * imageBytes, (i + 1) * imageBytes);
      if (index.has(image)) testInTraining++;
    }
    yield;
  }
  return { withinTraining, testInTraining };
}

/** For each class the indices of its first images, at most `most` of them. */
export function examplesByClass(labels: Labels, classes: number, most: number): number[][] {
  const examples = Array.from({ length: classes }, (): number[] => []);
  for (const [index, label] of labels.entries()) {
    const ofClass = examples[label];
    if (ofClass && ofClass.length < most) ofClass.push(index);
  }
  return examples;
}
