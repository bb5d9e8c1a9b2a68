import { assert } from '../../util/assert.ts';
import { sizeOf } from '../architecture/shapes.ts';
import type { LabelledImages } from '../data/dataset.ts';
import type { Scaling } from '../recipe/scaling.ts';
import { augmentImage } from './augmentImage.ts';
import { type AugmentPlan, augmentShapeOf, drawAugmentations } from './draw.ts';
import { PARAMETERS } from './parameters.ts';

/** Writes these images, varied for the step after `stepsDone` others and scaled, into `out` (NHWC). */
export function gatherAugmented(
  { pixels, shape, count }: LabelledImages,
  indices: Uint32Array,
  plan: AugmentPlan,
  stepsDone: number,
  { offset, factor }: Pick<Scaling, 'offset' | 'factor'>,
  out: Float32Array,
): void {
  const bytes = sizeOf([shape.height, shape.width, shape.channels]);
  assert(out.length === indices.length * bytes, 'the batch has room for exactly its images');
  const parameters = new Float32Array(indices.length * PARAMETERS);
  drawAugmentations(plan, stepsDone, indices.length, parameters);
  for (const [n, index] of indices.entries()) {
    assert(index < count, `there is no image ${index} among ${count}`);
    const source = pixels.subarray(index * bytes, (index + 1) * bytes);
    const varied = out.subarray(n * bytes, (n + 1) * bytes);
    const drawn = parameters.subarray(n * PARAMETERS, (n + 1) * PARAMETERS);
    augmentImage(augmentShapeOf(plan), source, drawn, varied);
    for (const [i, byte] of varied.entries()) varied[i] = (byte - offset) * factor;
  }
}
