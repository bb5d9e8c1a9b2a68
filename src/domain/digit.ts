import { assert } from '../util/assert.ts';
import { findInk, type GreyPicture, type InkMap } from './ink.ts';
import { type AxisMap, type Patch, resample } from './resample.ts';

/**
 * Prepares a picture as MNIST was prepared (LeCun et al. 1998, section III.A): the digit, light on
 * dark, is "size normalized to fit in a 20x20 pixel box while preserving the aspect ratio", with
 * grey levels from antialiasing, and "centered in a 28x28 image by computing the center of mass of
 * the pixels and translating the image so as to position this point at the center". In MNIST that
 * centre is pixel 14 of 0..27, which is 14.5 where pixel i covers i..i+1.
 *
 * A network that has seen nothing but such digits fails on any other; this is why drawn digits are
 * so often misread.
 */
export interface PreparedDigit {
  /** True where there was nothing to read; then every pixel is 0. */
  readonly blank: boolean;
  /** `height * width` bytes. */
  readonly pixels: Uint8Array;
}

export interface TargetSize {
  readonly height: number;
  readonly width: number;
}

/** MNIST's proportions; other sizes are prepared alike. */
const MNIST_SIDE = 28;
const BOX_SHARE = 20 / MNIST_SIDE;
const CENTRE_SHARE = 14.5 / MNIST_SIDE;

export function prepareDigit(
  picture: GreyPicture,
  target: TargetSize = { height: MNIST_SIDE, width: MNIST_SIDE },
): PreparedDigit {
  const { width, height } = target;
  assert(picture.pixels.length === picture.width * picture.height, 'a picture has all its pixels');
  const ink = findInk(picture);
  if (!ink) return { blank: true, pixels: new Uint8Array(width * height) };
  const patch = inkBox(ink);
  const scale = Math.min(
    scaleToFit(patch.width, BOX_SHARE * width),
    scaleToFit(patch.height, BOX_SHARE * height),
  );
  const centre = centreOfMass(patch);
  const horizontal = centred(centre.x, patch.width, scale, width);
  const vertical = centred(centre.y, patch.height, scale, height);
  const values = resample(patch, horizontal, vertical, width, height);
  return { blank: false, pixels: stretched(values) };
}

/**
 * The scale that makes `size` pixels of ink `box` pixels long. Growing ink gets a soft edge of half
 * a source pixel on either side, beyond the box by half a pixel, as shrunken ink may have too.
 */
function scaleToFit(size: number, box: number): number {
  return size >= box ? box / size : (box + 1) / (size + 1);
}

/** Brings the centre of mass to the centre, or as near as keeps all ink inside. */
function centred(centre: number, size: number, scale: number, targetSize: number): AxisMap {
  const softEdge = Math.max(0, scale - 1) / 2;
  const furthest = targetSize - scale * size - softEdge;
  const shift = CENTRE_SHARE * targetSize - scale * centre;
  return { scale, shift: Math.min(furthest, Math.max(softEdge, shift)) };
}

/** The smallest rectangle that holds all ink. */
function inkBox({ width, height, strengths }: InkMap): Patch {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((strengths[y * width + x] ?? 0) === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return {
    ...{ values: strengths, stride: width, left, top },
    ...{ width: right - left + 1, height: bottom - top + 1 },
  };
}

function centreOfMass({ values, stride, left, top, width, height }: Patch): {
  x: number;
  y: number;
} {
  let [mass, x, y] = [0, 0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = values[(top + row) * stride + left + column] ?? 0;
      mass += value;
      x += value * (column + 0.5);
      y += value * (row + 0.5);
    }
  }
  return { x: x / mass, y: y / mass };
}

/** To bytes, the strongest ink 255. */
function stretched(values: Float32Array): Uint8Array {
  const peak = values.reduce((max, value) => Math.max(max, value), 0);
  return Uint8Array.from(values, (value) => Math.round((255 * value) / peak));
}
