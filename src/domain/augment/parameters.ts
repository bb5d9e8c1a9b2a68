import type { ImageShape } from '../architecture/architecture.ts';
import { GRID_POINTS } from './elastic.ts';

/**
 * What is drawn for one image, as the numbers that the kernels read: `PARAMETERS` floats an image, at
 * these places. Coordinates are in pixels; those of the map are counted from the image's centre.
 */
export const Place = {
  /**
   * Row-major 2x3 matrix from a place of the result to the place of the source:
   * `xs = m[0] x + m[1] y + m[2]`, `ys = m[3] x + m[4] y + m[5]`.
   */
  map: 0,
  /** Radius in pixels: above 0 the brightest of the neighbours counts, below 0 the darkest. */
  thickness: 6,
  /** The result's bytes are `gain * byte + lift[channel]`, held within 0 to 255. */
  gain: 7,
  /** Three: one a channel. */
  lift: 8,
  /** Rows and columns that are made black: top, left, bottom, right; the last two exclusive. */
  erased: 11,
  /** Displacements of the control points: x, then y, of each, row-major. */
  grid: 15,
} as const;

/** Floats an image, a multiple of 4. */
export const PARAMETERS = Math.ceil((Place.grid + 2 * GRID_POINTS ** 2) / 4) * 4;

/** What decides how the kernels work, beside the numbers of each image. */
export interface AugmentShape {
  readonly image: ImageShape;
  /** Whether any image is bent, thickened: what is not needed is not computed. */
  readonly bends: boolean;
  readonly thickens: boolean;
}
