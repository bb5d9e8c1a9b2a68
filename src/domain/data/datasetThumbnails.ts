import type { Dataset } from './dataset.ts';

/** More than any row of the page holds. */
export const MOST_THUMBNAILS = 256;

export interface PickedImages {
  readonly pixels: Uint8Array;
  /** Which images of these pixels. */
  readonly indices: readonly number[];
}

/**
 * The first images of a class, from the training images or, where there are none, the test images. A
 * set without labels gives its first images, whatever class is asked for.
 */
export function pickImages(
  { train, test, unlabelled, classNames }: Dataset,
  className: string,
  count: number,
): PickedImages {
  const labelled = train.count > 0 ? train : test;
  if (labelled.count === 0) {
    const { pixels, count: most } = unlabelled ?? labelled;
    return { pixels, indices: Array.from({ length: Math.min(count, most) }, (_, i) => i) };
  }
  const label = classNames.indexOf(className);
  const indices: number[] = [];
  for (let i = 0; i < labelled.count && indices.length < count; i++) {
    if (labelled.labels[i] === label) indices.push(i);
  }
  return { pixels: labelled.pixels, indices };
}
