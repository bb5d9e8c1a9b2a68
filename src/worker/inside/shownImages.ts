import { sizeOf } from '../../domain/architecture/shapes.ts';
import type { LabelledImages } from '../../domain/data/dataset.ts';
import { labelsOf } from '../../domain/data/labels.ts';
import type { ShownImages } from '../../domain/inside/exciting.ts';
import type { StrongestPlaces } from '../../domain/inside/strongestPlaces.ts';
import { at } from '../../util/assert.ts';

/** Those of a split (indices into its file) that stand at these places in it. */
export function shownImages(
  { shape, pixels, labels }: LabelledImages,
  split: Uint32Array,
  places: readonly number[],
): ShownImages {
  const bytes = sizeOf([shape.height, shape.width, shape.channels]);
  const chosen = new Uint8Array(places.length * bytes);
  for (const [i, place] of places.entries()) {
    const from = at(split, place) * bytes;
    chosen.set(pixels.subarray(from, from + bytes), i * bytes);
  }
  return {
    indices: Uint32Array.from(places),
    labels: labelsOf(places.map((place) => at(labels, at(split, place)))),
    pixels: chosen,
  };
}

/** Each image that is told once, and which of them each place is in. */
export function shownOf(
  { values, images: imageAt }: StrongestPlaces,
  images: LabelledImages,
  split: Uint32Array,
): { readonly shown: ShownImages; readonly imageOf: Uint16Array } {
  const found = [...new Set(imageAt.filter((_, i) => at(values, i) > 0))].sort((a, b) => a - b);
  const rank = new Map(found.map((image, i) => [image, i]));
  const imageOf = Uint16Array.from(imageAt, (image) => rank.get(image) ?? 0);
  return { shown: shownImages(images, split, found), imageOf };
}
