import { pcg4d, RandomStream } from '../../util/random.ts';
import type { LabelledImages } from '../data/dataset.ts';

/** A principal direction of a data set's colours: a unit vector, and the sd of the bytes along it. */
export interface ColourAxis {
  readonly direction: readonly [number, number, number];
  readonly sd: number;
}

export type ColourAxes = readonly ColourAxis[];

/** Pixels that the statistics are taken from: more do not move them. */
const MAX_PIXELS = 1_000_000;
const SWEEPS = 12;

/**
 * The principal colours of these images, for lighting noise (Krizhevsky et al. 2012, section 4.1): the
 * eigenvectors of the covariance of their pixels' bytes. Null for images that are not of 3 channels.
 */
export function fitColours(images: LabelledImages, indices: Uint32Array): ColourAxes | null {
  const { shape, pixels } = images;
  if (shape.channels !== 3) return null;
  const imagePixels = shape.height * shape.width;
  const places = samplePlaces(indices.length * imagePixels);
  if (places.length === 0) return null;
  const sums = [0, 0, 0];
  const products = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (const place of places) {
    const image = indices[Math.floor(place / imagePixels)] ?? 0;
    const first = 3 * (image * imagePixels + (place % imagePixels));
    for (let a = 0; a < 3; a++) {
      const value = pixels[first + a] ?? 0;
      sums[a] = (sums[a] ?? 0) + value;
      for (let b = 0; b < 3; b++) {
        const at = 3 * a + b;
        products[at] = (products[at] ?? 0) + value * (pixels[first + b] ?? 0);
      }
    }
  }
  const count = places.length;
  const mean = sums.map((sum) => sum / count);
  const covariance = products.map(
    (product, at) => product / count - (mean[Math.floor(at / 3)] ?? 0) * (mean[at % 3] ?? 0),
  );
  return principalAxes(covariance);
}

/**
 * Places among so many pixels: all of them, or one at random in each of equal stretches. At even
 * distances they would lie in few columns of the images wherever the distance and the width have a
 * common divisor.
 */
function samplePlaces(pixels: number): Float64Array {
  const places = new Float64Array(Math.min(pixels, MAX_PIXELS));
  const stretch = pixels / places.length;
  for (let i = 0; i < places.length; i++) {
    const [bits] = stretch > 1 ? pcg4d(0, RandomStream.colours, 0, i) : [0];
    places[i] = Math.floor((i + bits / 4294967296) * stretch);
  }
  return places;
}

/** Eigenvectors of a symmetric 3x3 matrix by Jacobi's rotations (Golub and Van Loan, section 8.5). */
export function principalAxes(symmetric: readonly number[]): ColourAxes {
  const m = [...symmetric];
  const vectors = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const get = (matrix: readonly number[], row: number, column: number) =>
    matrix[3 * row + column] ?? 0;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [p, q] of [[0, 1] as const, [0, 2] as const, [1, 2] as const]) {
      const off = get(m, p, q);
      if (off === 0) continue;
      const angle = 0.5 * Math.atan2(2 * off, get(m, q, q) - get(m, p, p));
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let k = 0; k < 3; k++) {
        const [kp, kq] = [get(m, k, p), get(m, k, q)];
        m[3 * k + p] = cos * kp - sin * kq;
        m[3 * k + q] = sin * kp + cos * kq;
      }
      for (let k = 0; k < 3; k++) {
        const [pk, qk] = [get(m, p, k), get(m, q, k)];
        m[3 * p + k] = cos * pk - sin * qk;
        m[3 * q + k] = sin * pk + cos * qk;
        const [vp, vq] = [get(vectors, k, p), get(vectors, k, q)];
        vectors[3 * k + p] = cos * vp - sin * vq;
        vectors[3 * k + q] = sin * vp + cos * vq;
      }
    }
  }
  return [0, 1, 2]
    .map(
      (axis): ColourAxis => ({
        direction: [get(vectors, 0, axis), get(vectors, 1, axis), get(vectors, 2, axis)],
        sd: Math.sqrt(Math.max(0, get(m, axis, axis))),
      }),
    )
    .sort((a, b) => b.sd - a.sd);
}
