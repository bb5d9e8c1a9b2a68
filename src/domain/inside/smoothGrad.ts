import { at } from '../../util/assert.ts';
import { normals, RandomStream } from '../../util/random.ts';
import type { ImageShape } from '../architecture/shape.ts';
import type { Attribution } from './explanation.ts';

/** How many noisy copies of a picture are looked at; Smilkov et al. find little change beyond 50. */
export const SAMPLES = 32;
/** The noise's standard deviation, as a share of what lies between the darkest and the lightest pixel. */
const NOISE_LEVEL = 0.15;
/** The same noise each time: a picture of an explanation can be made again. */
const SEED = 1;

/** One of the noisy copies of a picture (Smilkov et al. 2017, "SmoothGrad"). */
export function noisyCopy(image: Float32Array, sample: number): Float32Array {
  const lightest = image.reduce((most, value) => Math.max(most, value), -Infinity);
  const darkest = image.reduce((least, value) => Math.min(least, value), Infinity);
  const sd = NOISE_LEVEL * (lightest - darkest);
  const noise = normals(SEED, RandomStream.explanations, sample, image.length);
  return image.map((value, i) => value + sd * at(noise, i));
}

/** One slope a pixel: of its channels the steepest. */
export function slopePerPixel(
  slopes: ArrayLike<number>,
  { height, width, channels }: ImageShape,
): Attribution {
  const values = Float32Array.from({ length: height * width }, (_, pixel) => {
    let steepest = 0;
    for (let c = 0; c < channels; c++) {
      const slope = at(slopes, pixel * channels + c);
      if (Math.abs(slope) > Math.abs(steepest)) steepest = slope;
    }
    return steepest;
  });
  return { height, width, values };
}
