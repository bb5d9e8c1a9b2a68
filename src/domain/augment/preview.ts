import { sizeOf } from '../architecture/shapes.ts';
import type { LabelledImages } from '../data/dataset.ts';
import { noLabels } from '../data/labels.ts';
import { BatchOrder } from '../recipe/batches.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { type AugmentPlan, drawAugmentations, planAugmentation } from './draw.ts';
import { PARAMETERS } from './parameters.ts';

/** A few training images, and what training makes of them. */
export interface AugmentationPreview {
  readonly shape: LabelledImages['shape'];
  /** Bytes of the images, NHWC. */
  readonly originals: Uint8Array;
  /** The same images as the first, second and later steps vary them, bytes too. */
  readonly varied: readonly Uint8Array[];
}

/** What the kernels need to make one. */
export interface PreviewJob {
  readonly plan: AugmentPlan;
  /** Nothing but the images to be varied. */
  readonly images: LabelledImages;
  /** From the run's first on. */
  readonly steps: number;
}

/**
 * The first images of the recipe's first batch, so that the first variation of each is the very image
 * that the first step trains on. Undefined where the recipe leaves images as they are.
 */
export function planPreview(
  recipe: Recipe,
  images: LabelledImages,
  training: Uint32Array,
  count: number,
  steps: number,
): PreviewJob | undefined {
  const plan = planAugmentation(recipe, images, training);
  if (!plan || training.length === 0) return undefined;
  const order = new BatchOrder(training, recipe.batchSize, recipe.seed);
  return { plan, steps, images: chosen(images, order.batch(0).subarray(0, count)) };
}

/** The parameters of the images of a preview in one of its steps. */
export function drawPreview({ plan, images }: PreviewJob, step: number): Float32Array {
  const parameters = new Float32Array(images.count * PARAMETERS);
  drawAugmentations(plan, step, images.count, parameters);
  return parameters;
}

function chosen({ shape, pixels, labels }: LabelledImages, indices: Uint32Array): LabelledImages {
  const bytes = sizeOf([shape.height, shape.width, shape.channels]);
  const few = {
    ...{ shape, count: indices.length },
    pixels: new Uint8Array(indices.length * bytes),
    labels: noLabels(indices.length),
  };
  for (const [i, index] of indices.entries()) {
    few.pixels.set(pixels.subarray(index * bytes, (index + 1) * bytes), i * bytes);
    few.labels[i] = labels[index] ?? 0;
  }
  return few;
}
