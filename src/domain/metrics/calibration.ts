import { at } from '../../util/assert.ts';
import type { Evaluation } from './metrics.ts';

/** As many as Guo et al. take. */
export const CALIBRATION_BINS = 15;

/** The images whose confidence lies above `from`, and up to `to`. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly images: number;
  /** The mean of their confidences; undefined where there are none. */
  readonly confidence: number | undefined;
  /** Which share of them was read rightly. */
  readonly accuracy: number | undefined;
}

export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** Expected calibration error, 0 to 1. */
  readonly error: number;
}

/**
 * Whether a network is right as often as it is sure (Guo et al. 2017, "On calibration of modern neural
 * networks", equations 2, 3 and 5): by its confidence in what it reads each image falls into one of `bins`
 * intervals `((m - 1) / M, m / M]` of one width, and
 *
 *   ECE = sum over bins of images in it / all images * |accuracy in it - mean confidence in it|
 */
export function calibrationOf(
  { truths, predictions, confidences }: Pick<Evaluation, 'truths' | 'predictions' | 'confidences'>,
  bins = CALIBRATION_BINS,
): Calibration {
  const sums = Array.from({ length: bins }, () => ({ images: 0, confidence: 0, right: 0 }));
  for (const [i, confidence] of confidences.entries()) {
    const sum = at(sums, Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1)));
    sum.images++;
    sum.confidence += confidence;
    if (truths[i] === predictions[i]) sum.right++;
  }
  const error = sums.reduce(
    (total, { confidence, right }) => total + Math.abs(right - confidence) / confidences.length,
    0,
  );
  return {
    bins: sums.map(({ images, confidence, right }, m) => ({
      ...{ from: m / bins, to: (m + 1) / bins, images },
      confidence: images === 0 ? undefined : confidence / images,
      accuracy: images === 0 ? undefined : right / images,
    })),
    error: confidences.length === 0 ? 0 : error,
  };
}
