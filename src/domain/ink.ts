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
export function findInk({ width, height, pixels, ink }: GreyPicture): InkMap | undefined {
  const border = borderOf(width, height, pixels);
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

/** The outermost pixels, once around. */
function borderOf(width: number, height: number, pixels: Uint8Array): Float64Array {
  const places: number[] = [];
  for (let x = 0; x < width; x++) places.push(x);
  for (let y = 1; y < height; y++) places.push(y * width + width - 1);
  for (let x = width - 2; x >= 0 && height > 1; x--) places.push((height - 1) * width + x);
  for (let y = height - 2; y > 0 && width > 1; y--) places.push(y * width);
  return Float64Array.from(places, (place) => pixels[place] ?? 0);
}

/** The sd of the paper's grain, from the differences of neighbours: shadows do not add to it. */
function grainSd(border: Float64Array): number {
  const steps = border.map((value, i) => Math.abs(value - (border[i - 1] ?? value)));
  return (SD_OF_MAD * median(steps)) / Math.SQRT2;
}

/** Of an even number, the mean of the middle two: the same for a picture and its negative. */
function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
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
