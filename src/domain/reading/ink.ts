import { borderOf } from './isClean.ts';
import { median } from './median.ts';

/** Brightness of a drawing or a photograph, one byte a pixel, row-major. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** What the ink is. `auto` decides by the border, which is paper. */
  readonly ink: 'light' | 'dark' | 'auto';
}

/** How much ink is where: 0 on paper, above on ink, in the scale of the picture's own bytes. */
export interface InkMap {
  readonly width: number;
  readonly height: number;
  readonly strengths: Float32Array;
}

/** Ink that differs from the paper by less is not seen. */
const MIN_CONTRAST = 16;
/** Neither is what the paper's own grain could have made: no pixel in 10^11 strays so far. */
const GRAIN_DEVIATIONS = 7;
/** The paper's unevenness is cut off up to this share of the strongest ink, never more. */
const MAX_FLOOR = 0.35;
const UNEVENNESS_DEVIATIONS = 6;
/** A normal distribution's sd is so many times its median absolute deviation. */
const SD_OF_MAD = 1.4826;

/**
 * Tells ink from paper, whichever is darker. The border is taken for paper: its median is the
 * paper's brightness, its deviations are the noise that is cut off. Clean drawings have none, so
 * nothing of their soft edges is lost. Undefined where there is no ink.
 */
export function findInk(picture: GreyPicture): InkMap | undefined {
  const { width, height, pixels, ink } = picture;
  const border = borderOf(picture);
  const paper = median(border);
  const { darkest, brightest } = extremes(pixels);
  const inkIsDark = ink === 'dark' || (ink === 'auto' && paper > (darkest + brightest) / 2);
  const peak = inkIsDark ? paper - darkest : brightest - paper;
  if (peak < Math.max(MIN_CONTRAST, GRAIN_DEVIATIONS * grainSd(border))) return undefined;

  const unevenness = SD_OF_MAD * median(border.map((value) => Math.abs(value - paper)));
  const floor = Math.min(UNEVENNESS_DEVIATIONS * unevenness, MAX_FLOOR * peak);
  const sign = inkIsDark ? -1 : 1;
  const strengthOf = Float32Array.from({ length: 256 }, (_, pixel) =>
    Math.max(0, sign * (pixel - paper) - floor),
  );
  const strengths = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) strengths[i] = strengthOf[pixels[i] ?? 0] ?? 0;
  return { width, height, strengths };
}

/** The sd of the paper's grain, from the differences of neighbours: shadows do not add to it. */
function grainSd(border: Float64Array): number {
  const steps = border.map((value, i) => Math.abs(value - (border[i - 1] ?? value)));
  return (SD_OF_MAD * median(steps)) / Math.SQRT2;
}

function extremes(pixels: Uint8Array): { darkest: number; brightest: number } {
  let [darkest, brightest] = [255, 0];
  for (let i = 0; i < pixels.length; i++) {
    const pixel = pixels[i] ?? 0;
    if (pixel < darkest) darkest = pixel;
    if (pixel > brightest) brightest = pixel;
  }
  return { darkest, brightest };
}
