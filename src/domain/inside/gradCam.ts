import { at } from '../../util/assert.ts';
import { asImage } from '../architecture/shape.ts';
import type { Attribution } from './explanation.ts';

/**
 * Grad-CAM (Selvaraju et al. 2017, equations 1 and 2): each map of a convolution weighs as much as the class's
 * logit grows with it on the mean, and of the sum only what speaks for the class is kept:
 *
 *   weight[c] = mean over y, x of d logit / d A[y, x, c],   values = max(0, sum over c of weight[c] * A[y, x, c])
 *
 * @param shape `[height, width, channels]` of the maps `A` and of the slopes
 */
export function gradCam(
  maps: Float32Array,
  slopes: Float32Array,
  shape: readonly number[],
): Attribution {
  const { height, width, channels } = asImage(shape);
  const places = height * width;
  const weights = new Float64Array(channels);
  for (const [i, slope] of slopes.entries()) {
    weights[i % channels] = at(weights, i % channels) + slope / places;
  }
  const values = Float32Array.from({ length: places }, (_, place) => {
    const sum = weights.reduce(
      (total, weight, c) => total + weight * at(maps, place * channels + c),
      0,
    );
    return Math.max(0, sum);
  });
  return { height, width, values };
}
