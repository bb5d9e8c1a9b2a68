import { describe, expect, it } from 'vitest';
import { calibrationOf } from './calibration.ts';

const read = (confidences: readonly number[], right: readonly boolean[]) => ({
  truths: Uint16Array.from(right, () => 1),
  predictions: Uint16Array.from(right, (isRight) => (isRight ? 1 : 0)),
  confidences: Float32Array.from(confidences),
});

describe('calibration', () => {
  it('is the mean distance of accuracy and confidence, by the images of each bin', () => {
    // (1/2, 1]: confidence (0.75 + 0.75 + 1) / 3, accuracy 2/3. (0, 1/2]: 0.5 and 0.
    const { bins, error } = calibrationOf(
      read([0.75, 0.5, 0.75, 1], [true, false, false, true]),
      2,
    );
    expect(bins).toEqual([
      { from: 0, to: 0.5, images: 1, confidence: 0.5, accuracy: 0 },
      { from: 0.5, to: 1, images: 3, confidence: 2.5 / 3, accuracy: 2 / 3 },
    ]);
    expect(error).toBeCloseTo((1 / 4) * 0.5 + (3 / 4) * (2.5 / 3 - 2 / 3), 12);
  });

  it('has fifteen bins, each with its upper end', () => {
    const { bins } = calibrationOf(read([1, 0.1, 0.5], [true, true, true]));
    expect(bins).toHaveLength(15);
    const filled = bins.flatMap(({ images }, m) => (images > 0 ? [m] : []));
    // 0.1 lies in (1/15, 2/15], 0.5 in (7/15, 8/15].
    expect(filled).toEqual([1, 7, 14]);
    expect(calibrationOf(read([0.5], [true]), 2).bins[0]?.images).toBe(1);
  });

  it('is perfect of whoever is as often right as sure, and of no images', () => {
    const four = read([0.75, 0.75, 0.75, 0.75], [true, true, true, false]);
    expect(calibrationOf(four).error).toBe(0);
    expect(calibrationOf(read([], [])).error).toBe(0);
  });
});
