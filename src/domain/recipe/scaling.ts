import * as v from 'valibot';
import { assert } from '../../util/assert.ts';
import { sizeOf } from '../architecture/shapes.ts';
import type { LabelledImages, UnlabelledImages } from '../data/dataset.ts';
import { type Labels, labelsAt } from '../data/labels.ts';
import { type ScalingKind, scalingKinds } from './recipe.ts';

/** How bytes become network inputs: `(byte - offset) * factor`, fitted on the training split alone. */
export interface Scaling {
  readonly kind: ScalingKind;
  readonly offset: number;
  readonly factor: number;
}

const finite = v.pipe(v.number(), v.finite());

/** Validates a scaling that comes from outside. */
export const ScalingSchema = v.strictObject({
  kind: v.picklist(scalingKinds),
  offset: finite,
  factor: finite,
});

/** Fits the scaling on these images alone. Constant images are left at factor 1. */
export function fitScaling(
  kind: ScalingKind,
  images: LabelledImages,
  indices: Uint32Array,
): Scaling {
  const histogram = byteHistogram(images, indices);
  return kind === 'minmax' ? fitExtremes(histogram) : fitMoments(histogram);
}

function fitExtremes(histogram: Float64Array): Scaling {
  const offset = Math.max(
    0,
    histogram.findIndex((count) => count > 0),
  );
  const range = histogram.findLastIndex((count) => count > 0) - offset;
  return { kind: 'minmax', offset, factor: range > 0 ? 1 / range : 1 };
}

function fitMoments(histogram: Float64Array): Scaling {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  const mean = (of: (byte: number) => number) =>
    histogram.reduce((sum, count, byte) => sum + count * of(byte), 0) / Math.max(1, total);
  const offset = mean((byte) => byte);
  const sd = Math.sqrt(mean((byte) => (byte - offset) ** 2));
  return { kind: 'standard', offset, factor: sd > 0 ? 1 / sd : 1 };
}

/** How often each byte value occurs. Both fits are exact functions of it. */
function byteHistogram({ pixels, shape }: LabelledImages, indices: Uint32Array): Float64Array {
  const bytes = sizeOf([shape.height, shape.width, shape.channels]);
  const histogram = new Float64Array(256);
  for (const index of indices) {
    for (let i = index * bytes; i < (index + 1) * bytes; i++) {
      const byte = pixels[i] ?? 0;
      histogram[byte] = (histogram[byte] ?? 0) + 1;
    }
  }
  return histogram;
}

/** What each of the 256 bytes becomes. */
export function scaledBytes({ offset, factor }: Scaling): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => (byte - offset) * factor);
}

/** Writes these images, scaled, one after the other into `out` (NHWC). */
export function gatherScaled(
  { pixels, shape, count }: UnlabelledImages,
  indices: Uint32Array,
  scaling: Scaling,
  out: Float32Array,
): void {
  const bytes = sizeOf([shape.height, shape.width, shape.channels]);
  assert(out.length === indices.length * bytes, 'the batch has room for exactly its images');
  const scaled = scaledBytes(scaling);
  let to = 0;
  for (const index of indices) {
    assert(index < count, `there is no image ${index} among ${count}`);
    for (let i = index * bytes; i < (index + 1) * bytes; i++) {
      out[to++] = scaled[pixels[i] ?? 0] ?? 0;
    }
  }
}

export function gatherLabels({ labels }: LabelledImages, indices: Uint32Array): Labels {
  return labelsAt(labels, indices);
}
