import { median } from './median.ts';
import type { Grey } from './shrink.ts';

/** What differs from the paper by less is as good as paper: the rounding of a JPEG file, say. */
const NEARLY = 12;
const BORDER_SHARE = 0.95;
const PAPER_SHARE = 0.3;

/**
 * Whether a picture has paper of one brightness: a drawing, a screenshot, a scan. Nearly all of its
 * border is paper then, and a good part of the rest.
 */
export function isClean(picture: Grey): boolean {
  const { pixels } = picture;
  const border = borderOf(picture);
  const paper = median(border);
  const isPaper = (value: number) => Math.abs(value - paper) <= NEARLY;
  let papers = 0;
  for (const pixel of pixels) if (isPaper(pixel)) papers++;
  if (papers < PAPER_SHARE * pixels.length) return false;
  const spread = median(border.map((value) => Math.abs(value - paper)));
  if (spread > 2) return false;
  return border.filter(isPaper).length >= BORDER_SHARE * border.length;
}

/** The outermost pixels, once around. */
export function borderOf({ width, height, pixels }: Grey): Float64Array {
  const places: number[] = [];
  for (let x = 0; x < width; x++) places.push(x);
  for (let y = 1; y < height; y++) places.push(y * width + width - 1);
  for (let x = width - 2; x >= 0 && height > 1; x--) places.push((height - 1) * width + x);
  for (let y = height - 2; y > 0 && width > 1; y--) places.push(y * width);
  return Float64Array.from(places, (place) => pixels[place] ?? 0);
}
