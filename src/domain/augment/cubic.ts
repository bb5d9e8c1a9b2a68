import type { ImageShape } from '../architecture/architecture.ts';

/**
 * Reading an image between its pixels by cubic convolution (Keys 1981, "Cubic convolution interpolation
 * for digital image processing", with a = -1/2: the spline of Catmull and Rom). Unlike a bilinear
 * reading, which is a mean of its neighbours wherever it falls between them, it keeps most of the
 * edges' sharpness: what training sees is to look like what is tested.
 */

/** The weights of the four pixels around a place `f` of the way from the second to the third. */
export function cubicWeights(f: number): readonly [number, number, number, number] {
  return [outer(f), inner(f), inner(1 - f), outer(1 - f)];
}

/** Of the neighbour that the place is `f` away from, 0 to 1. */
const inner = (f: number): number => (1.5 * f - 2.5) * f * f + 1;

/** Of the one beyond it, 1 + f away. */
const outer = (f: number): number => ((1 - 0.5 * f) * f - 0.5) * f;

/**
 * The byte of a channel at a place of an image, NHWC: beyond the border as the border, and held within
 * 0 to 255, where the cubic overshoots.
 */
export function readBetween(
  { height, width, channels }: ImageShape,
  source: Uint8Array,
  x: number,
  y: number,
  channel: number,
): number {
  const inside = (place: number, side: number) => Math.min(side - 1, Math.max(0, place));
  const [px, py] = [inside(x, width), inside(y, height)];
  const [left, top] = [Math.floor(px), Math.floor(py)];
  const columnWeights = cubicWeights(px - left);
  let sum = 0;
  for (const [i, rowWeight] of cubicWeights(py - top).entries()) {
    const row = inside(top - 1 + i, height) * width;
    for (const [j, columnWeight] of columnWeights.entries()) {
      const column = inside(left - 1 + j, width);
      sum += rowWeight * columnWeight * (source[(row + column) * channels + channel] ?? 0);
    }
  }
  return Math.min(255, Math.max(0, sum));
}
