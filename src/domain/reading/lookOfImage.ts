import { pixelBytes, type UnlabelledImages } from '../data/dataset.ts';
import { borderOf } from './isClean.ts';
import { median } from './median.ts';
import { strokeWidth } from './strokeWidth.ts';

/** One image of ink on paper, measured in its own pixels. */
export interface ImageMeasures {
  readonly paper: number;
  readonly ink: number;
  /** The longer side of the ink's box. */
  readonly extent: number;
  /** Across, the centre of the box and that of the mass. */
  readonly boxX: number;
  readonly massX: number;
  readonly stroke: number;
}

/** Of a byte: what is nearer to the paper's brightness is paper. */
const NEARLY = 12;
/** So much of the border, and of all of the image, is paper. */
const BORDER_PAPER = 0.6;
const PAPER = 0.25;
/** Paper lies at one end of the brightnesses: so much of the contrast goes the one way. */
const ONE_SIDED = 0.85;
const LEAST_CONTRAST = 6;

/** Undefined where the image has no paper: of a natural picture, or a plain one. */
export function lookOfImage(images: UnlabelledImages, index: number): ImageMeasures | undefined {
  const { height, width } = images.shape;
  const pixels = brightness(images, index);
  const [least, most] = extremes(pixels);
  const contrast = most - least;
  if (contrast < LEAST_CONTRAST) return undefined;
  const near = Math.min(NEARLY, contrast / 8);
  const border = borderOf({ width, height, pixels });
  const paper = median(border);
  const isPaper = (value: number) => Math.abs(value - paper) <= near;
  if (border.filter(isPaper).length < BORDER_PAPER * border.length) return undefined;
  if (pixels.filter(isPaper).length < PAPER * pixels.length) return undefined;
  const isLight = most - paper >= ONE_SIDED * contrast;
  if (!isLight && paper - least < ONE_SIDED * contrast) return undefined;
  const strengths = Float32Array.from(pixels, (value) =>
    Math.max(0, isLight ? value - paper : paper - value),
  );
  return {
    ...{ paper, ink: isLight ? most : least },
    ...placesOf(strengths, width, height, near),
    stroke: strokeWidth(strengths, width, height),
  };
}

/** Mean of the channels. */
function brightness({ pixels, shape }: UnlabelledImages, index: number): Uint8Array {
  const bytes = pixelBytes(shape, 1);
  const image = pixels.subarray(index * bytes, (index + 1) * bytes);
  const { channels } = shape;
  if (channels === 1) return image;
  return Uint8Array.from({ length: bytes / channels }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += image[channels * i + c] ?? 0;
    return Math.round(sum / channels);
  });
}

function extremes(pixels: Uint8Array): [number, number] {
  let [least, most] = [255, 0];
  for (const pixel of pixels) {
    if (pixel < least) least = pixel;
    if (pixel > most) most = pixel;
  }
  return [least, most];
}

function placesOf(strengths: Float32Array, width: number, height: number, near: number) {
  let [left, right, top, bottom, mass, moment] = [width, -1, height, -1, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const strength = strengths[y * width + x] ?? 0;
      mass += strength;
      moment += strength * x;
      if (strength <= near) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  const extent = Math.max(right - left, bottom - top) + 1;
  return { extent, boxX: (left + right) / 2, massX: moment / mass };
}
