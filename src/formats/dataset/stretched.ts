import { pixelBytes, type UnlabelledImages } from '../../domain/data/dataset.ts';
import { portions, type Steps } from '../../util/steps.ts';

type Pixels = Omit<UnlabelledImages, 'ids'>;

const MAX_PIXEL = 255;
export const BYTE_RANGE = `0..${MAX_PIXEL}`;

/** Of two levels, four and so on up to 128, and of blocks of 4x4 dots that are counted. */
const depths = [1, 3, 7, 15, 16, 31, 63, 127] as const;
/** White is common where it is the end of a scale. In dark pictures the lightest pixel of all is rare. */
const LEAST_SHARE_WITH_WHITE = 0.25;

/**
 * Which value of a set is white, where it is less than that of a byte: a set may be kept in fewer levels,
 * such as 0 and 1, or 0 to 16. All its parts together have one scale.
 * Undefined where it is one of bytes already, or of bytes that happen to be dark.
 */
export function* whiteOf(parts: readonly Pixels[]): Steps<number | undefined> {
  const highest = yield* highestOf(parts);
  if (!depths.some((depth) => depth === highest)) return undefined;
  if (highest === 1) return highest;
  const images = parts.reduce((sum, { count }) => sum + count, 0);
  let withWhite = 0;
  for (const part of parts) withWhite += yield* reaching(part, highest);
  return withWhite >= LEAST_SHARE_WITH_WHITE * images ? highest : undefined;
}

export function* stretched<Images extends Pixels>(images: Images, white: number): Steps<Images> {
  const { pixels } = images;
  const out = new Uint8Array(pixels.length);
  for (const [from, to] of portions(pixels.length)) {
    for (let i = from; i < to; i++) out[i] = Math.round(((pixels[i] ?? 0) * MAX_PIXEL) / white);
    yield;
  }
  return { ...images, pixels: out };
}

/** Infinite as soon as it is no depth: most sets show that in their first image. */
function* highestOf(parts: readonly Pixels[]): Steps<number> {
  let highest = 0;
  for (const { pixels } of parts) {
    for (const [from, to] of portions(pixels.length)) {
      for (const value of pixels.subarray(from, to)) {
        if (value <= highest) continue;
        highest = value;
        if (highest > Math.max(...depths)) return Number.POSITIVE_INFINITY;
      }
      yield;
    }
  }
  return highest;
}

/** How many images have such a pixel, beside darker ones. */
function* reaching({ shape, count, pixels }: Pixels, value: number): Steps<number> {
  const bytes = pixelBytes(shape, 1);
  let found = 0;
  for (const [from, to] of portions(count, bytes)) {
    for (let i = from; i < to; i++) {
      const image = pixels.subarray(i * bytes, (i + 1) * bytes);
      if (image.includes(value) && image.some((other) => other < value)) found++;
    }
    yield;
  }
  return found;
}
