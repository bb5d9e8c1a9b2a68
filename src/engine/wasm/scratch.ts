import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { GRID_POINTS } from '../../domain/augment/elastic.ts';

/** Four floats: a channel of four pixels. */
const ROW_BYTES = 16;

/**
 * Bytes of its own that each thread needs for `lrn` and `lrnGradient`: 4 rows of window sums and 4 of
 * powers, and for each channel, their number rounded up to a multiple of 4, a row each of x, dy, x^2
 * and t, the last two with a margin on either side that is as wide as the window reaches.
 */
export function lrnScratchBytes(channels: number, radius: number): number {
  const rows = 4 * Math.ceil(channels / 4);
  const reach = Math.max(1, Math.min(radius, channels));
  return ROW_BYTES * (8 + 4 * rows + 4 * reach);
}

const TILE_ROWS = 6;
const TILE_BYTES = 192;
const PACKED_ROW_BYTES = 32;
/** As in assembly/conv2dFilterGradient.ts. */
const CHUNK_PIXELS = 192;

/** For products of `rows` rows, each of `runs` runs of `runLength` floats (assembly/multiply.ts). */
export function productScratchBytes(rows: number, runs: number, runLength: number): number {
  return TILE_BYTES + addressBytes(rows) + PACKED_ROW_BYTES * runs * even(runLength);
}

/** For `conv2dFilterGradient` on `batch` images with so many output pixels each. */
export function filterGradientScratchBytes(batch: number, outPixels: number): number {
  const images = Math.max(1, Math.floor(CHUNK_PIXELS / outPixels));
  const pixels = Math.min(batch, images) * outPixels;
  return TILE_BYTES + addressBytes(pixels) + PACKED_ROW_BYTES * even(pixels);
}

/** The addresses of windows, the last tile filled, and what lies before the next multiple of 16. */
function addressBytes(windows: number): number {
  return 4 * TILE_ROWS * Math.ceil(windows / TILE_ROWS) + 16;
}

const even = (count: number): number => 2 * Math.ceil(count / 2);

/**
 * For `augmentBatch`: a displacement, a row of the elastic grid's control points, x and y each, and the
 * planes of an image with three rows and columns of its border around.
 */
export function augmentScratchBytes({ height, width, channels }: ImageShape): number {
  return 4 * (2 + 2 * GRID_POINTS + (height + 3) * (width + 3) * channels);
}
