import { expect } from 'vitest';
import { classCounts, type Dataset, pixelBytes } from '../../domain/data/dataset.ts';
import { imageSides, isWithin } from '../../domain/pictures/imageSides.ts';

/** A row of a CSV file: a label, then the pixels of a 16x16 image. */
export function csvRow(label: number | string, pixel: (i: number) => number | string = () => 7) {
  return [label, ...Array.from({ length: 256 }, (_, i) => pixel(i))].join(',');
}

/** Grey images of 16x16, all different. */
export function images16(count: number): Uint8Array {
  return Uint8Array.from({ length: count * 256 }, (_, i) => (i * 31 + (i >> 8)) % 256);
}

/** A file of CIFAR-10 with these labels. */
export function cifarBatch(...labels: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(labels.length * 3073);
  for (const [i, label] of labels.entries()) {
    bytes.fill(i + 1, i * 3073, (i + 1) * 3073);
    bytes[i * 3073] = label;
  }
  return bytes;
}

/** Holds a data set against everything that its type promises. */
export function expectValid({ train, test, unlabelled, classNames }: Dataset): void {
  for (const { shape, count, pixels } of [train, test, ...(unlabelled ? [unlabelled] : [])]) {
    expect(isWithin(imageSides, shape)).toBe(true);
    expect(shape).toEqual(train.shape);
    expect(pixels).toHaveLength(pixelBytes(shape, count));
  }
  for (const { labels, count } of [train, test]) {
    expect(labels).toHaveLength(count);
    expect(labels.every((label) => label < classNames.length)).toBe(true);
  }
  expect(classNames.length).toBeLessThanOrEqual(classCounts.max);
}
