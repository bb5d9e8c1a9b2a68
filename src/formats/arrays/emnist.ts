import type { Size } from '../../domain/pictures/imageSides.ts';
import { portions, type Steps } from '../../util/steps.ts';

/**
 * EMNIST (Cohen, Afshar, Tapson, van Schaik 2017, arXiv 1702.05373) comes as IDX files whose images
 * lie column by column: MATLAB wrote them. Its sets have these classes, in the order of their ASCII
 * codes (section II; files `emnist-<set>-mapping.txt`). `balanced` and `bymerge` leave out the small
 * letters that look like the capital ones; in `letters` labels begin at 1 and stand for both.
 */
const digits = [...'0123456789'];
const capitals = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const smalls = [...'abcdefghijklmnopqrstuvwxyz'];
const merged = [...digits, ...capitals, ...'abdefghnqrt'];

const classNames: Readonly<Record<string, readonly string[]>> = {
  byclass: [...digits, ...capitals, ...smalls],
  bymerge: merged,
  balanced: merged,
  letters: ['–', ...capitals],
  digits,
  mnist: digits,
};

/** What the names of files say of EMNIST: undefined where they speak of another data set. */
export function emnistOf(
  files: readonly string[],
): { readonly classNames: readonly string[] | undefined } | undefined {
  const file = files.find((name) => /emnist/i.test(name));
  if (file === undefined) return undefined;
  const set = /emnist[-_]?(byclass|bymerge|balanced|letters|digits|mnist)/i.exec(file)?.[1];
  return { classNames: set === undefined ? undefined : classNames[set.toLowerCase()] };
}

/** Each of `count` images of this shape mirrored at its diagonal: rows become columns. */
export function* transposed(
  pixels: Uint8Array,
  count: number,
  { height, width, channels = 1 }: Size & { readonly channels?: number },
): Steps<Uint8Array> {
  const out = new Uint8Array(pixels.length);
  const imageBytes = height * width * channels;
  for (const [first, behind] of portions(count, imageBytes)) {
    for (let image = first; image < behind; image++) {
      const start = image * imageBytes;
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          for (let channel = 0; channel < channels; channel++) {
            out[start + (x * height + y) * channels + channel] =
              pixels[start + (y * width + x) * channels + channel] ?? 0;
          }
        }
      }
    }
    yield;
  }
  return out;
}
