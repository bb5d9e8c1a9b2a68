import type { Size } from './imageSides.ts';
import type { PictureHeader, PictureKind } from './pictureHeader.ts';

/**
 * What a picture may declare: photographs of 48 megapixels, with some room. Memory takes four bytes each, and
 * twice that for a GIF, of which browsers keep a frame to lay the next one on.
 */
export const pictureLimits = { side: 16_384, pixels: 2 ** 26, gifPixels: 2 ** 25 } as const;

/** What pictures of a kind may have, as it is told. */
export function limitsOf(kind: PictureKind) {
  const pixels = kind === 'GIF' ? pictureLimits.gifPixels : pictureLimits.pixels;
  return { side: pictureLimits.side, pixels, megapixels: Math.floor(pixels / 1e6) };
}

/** Wider or higher ones are decoded smaller: so much detail no network here sees. */
const LARGE_SIDE = 4096;
/** The width of those, whichever way up they are. */
const SHRUNK_WIDTH = 1024;

/** Whether a picture that declares this size may be decoded. */
export function mayBeDecoded({ kind, width, height }: PictureHeader): boolean {
  const { side, pixels } = limitsOf(kind);
  return width > 0 && height > 0 && Math.max(width, height) <= side && width * height <= pixels;
}

/** What `createImageBitmap` is asked for beside: nothing for a picture of usual size. */
export function shrinking(declared: Size): ImageBitmapOptions {
  if (Math.max(declared.width, declared.height) <= LARGE_SIDE) return {};
  return { resizeWidth: SHRUNK_WIDTH, resizeQuality: 'high' };
}

/**
 * Whether a picture came out as it said: no larger, and where it was shrunk in the proportions that it
 * declared, upright or turned by its orientation.
 */
export function isAsDeclared(declared: Size, decoded: Size): boolean {
  const { width, height } = declared;
  const fits = (wide: number, high: number) => decoded.width <= wide && decoded.height <= high;
  if (!fits(width, height) && !fits(height, width)) return false;
  if (shrinking(declared).resizeWidth === undefined) return true;
  const isLike = (wide: number, high: number) =>
    Math.abs(decoded.height - (decoded.width * high) / wide) <= 1;
  return isLike(width, height) || isLike(height, width);
}
