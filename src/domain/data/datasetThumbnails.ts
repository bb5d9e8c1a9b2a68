import type { Dataset } from './dataset.ts';

/** More than any row of the page holds. */
export const MOST_THUMBNAILS = 256;

export interface PickedImages {
  readonly pixels: Uint8Array;
  /** Which images of these pixels. */
  readonly indices: readonly number[];
}

/** Which images are asked for: the first that there are, or those that no run learns from. */
export const thumbnailKinds = ['any', 'validation'] as const;
export type ThumbnailKind = (typeof thumbnailKinds)[number];

/**
 * The first images of a class, from the training images or, where there are none, the test images. A
 * set without labels gives its first images, whatever class is asked for.
 * @param validation which of the training images are taken before all others; the others are taken where
 *   none of these is of the class
 */
export function pickImages(
  { train, test, unlabelled, classNames }: Dataset,
  className: string,
  count: number,
  validation: Uint32Array = new Uint32Array(),
): PickedImages {
  const labelled = train.count > 0 ? train : test;
  if (labelled.count === 0) {
    const { pixels, count: most } = unlabelled ?? labelled;
    return { pixels, indices: Array.from({ length: Math.min(count, most) }, (_, i) => i) };
  }
  const label = classNames.indexOf(className);
  const isOfClass = (index: number) => labelled.labels[index] === label;
  const validating = labelled === train ? firstOf(validation, isOfClass, count) : [];
  const indices =
    validating.length > 0 ? validating : firstOf(labelled.labels.keys(), isOfClass, count);
  return { pixels: labelled.pixels, indices };
}

function firstOf(
  indices: Iterable<number>,
  isWanted: (index: number) => boolean,
  count: number,
): readonly number[] {
  const found: number[] = [];
  for (const index of indices) {
    if (found.length === count) break;
    if (isWanted(index)) found.push(index);
  }
  return found;
}
