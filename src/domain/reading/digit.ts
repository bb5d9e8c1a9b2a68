import { assert } from '../../util/assert.ts';
import { type Look, mnistLook } from '../data/look.ts';
import { type AxisMap, type Patch, resample } from '../pictures/resample.ts';
import type { Doubt } from './doubts.ts';
import { findParts } from './findParts.ts';
import type { GreyPicture, InkMap } from './ink.ts';
import { strokeWidth } from './strokeWidth.ts';
import { thickened } from './thicken.ts';

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
  /** True where there was nothing to read; then every pixel is paper. */
  readonly blank: boolean;
  /** `height * width` bytes. */
  readonly pixels: Uint8Array;
}

/** What is written on a picture, each of its first characters prepared by itself, from left to right. */
export interface PreparedPicture {
  readonly parts: readonly PreparedDigit[];
  readonly doubts: readonly Doubt[];
}

export interface TargetSize {
  readonly height: number;
  readonly width: number;
}

/** MNIST's proportions; other sizes are prepared alike. */
const MNIST_SIDE = 28;
const MNIST_SIZE: TargetSize = { height: MNIST_SIDE, width: MNIST_SIDE };
/** Where MNIST's digits have their centre of mass; what is centred by its box has that in the very middle. */
const CENTRE_SHARE = 14.5 / MNIST_SIDE;
/** A stroke thinner than this share of the training's is made as wide as that share. */
const THIN_SHARE = 0.6;
const WIDENED_SHARE = 0.85;

/** All that is written on a picture, as one character. */
export function prepareDigit(
  picture: GreyPicture,
  target: TargetSize = MNIST_SIZE,
  look: Look = mnistLook,
): PreparedDigit {
  return preparedInk(foundIn(picture).whole, target, look);
}

/** The same, each character by itself. */
export function preparePicture(
  picture: GreyPicture,
  target: TargetSize = MNIST_SIZE,
  look: Look = mnistLook,
): PreparedPicture {
  const { parts, doubts } = foundIn(picture);
  return { parts: parts.map((ink) => preparedInk(ink, target, look)), doubts };
}

function foundIn(picture: GreyPicture) {
  assert(picture.pixels.length === picture.width * picture.height, 'a picture has all its pixels');
  return findParts(picture);
}

function preparedInk(ink: InkMap | undefined, target: TargetSize, look: Look): PreparedDigit {
  const { width, height } = target;
  if (!ink) return { blank: true, pixels: new Uint8Array(width * height).fill(look.paper) };
  const { values, scale } = placed(ink, target, look);
  const wanted = look.stroke * Math.max(width, height);
  const measured = strokeWidth(values, width, height);
  const isThin = measured < THIN_SHARE * wanted;
  const radius = (WIDENED_SHARE * wanted - measured) / 2 / scale;
  const final = isThin ? placed(thickened(ink, radius), target, look).values : values;
  return { blank: false, pixels: inBytes(final, look) };
}

/** Ink in its place on an image of this size. */
function placed(ink: InkMap, { width, height }: TargetSize, { box, centre }: Look) {
  const patch = inkBox(ink);
  const scale = Math.min(
    scaleToFit(patch.width, box * width),
    scaleToFit(patch.height, box * height),
  );
  const middle =
    centre === 'mass' ? centreOfMass(patch) : { x: patch.width / 2, y: patch.height / 2 };
  const share = centre === 'mass' ? CENTRE_SHARE : 0.5;
  const horizontal = centred(middle.x, patch.width, scale, width, share);
  const vertical = centred(middle.y, patch.height, scale, height, share);
  return { values: resample(patch, horizontal, vertical, width, height), scale };
}

/**
 * The scale that makes `size` pixels of ink `box` pixels long. Growing ink gets a soft edge of half
 * a source pixel on either side, beyond the box by half a pixel, as shrunken ink may have too.
 */
function scaleToFit(size: number, box: number): number {
  return size >= box ? box / size : (box + 1) / (size + 1);
}

/** Brings the centre of mass to the centre, or as near as keeps all ink inside. */
function centred(
  centre: number,
  size: number,
  scale: number,
  targetSize: number,
  share: number,
): AxisMap {
  const softEdge = Math.max(0, scale - 1) / 2;
  const furthest = targetSize - scale * size - softEdge;
  const shift = share * targetSize - scale * centre;
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

/** To bytes: paper and the strongest ink as bright as in the training images. */
function inBytes(values: Float32Array, { paper, ink }: Look): Uint8Array {
  const peak = values.reduce((max, value) => Math.max(max, value), 0);
  return Uint8Array.from(values, (value) => Math.round(paper + ((ink - paper) * value) / peak));
}
