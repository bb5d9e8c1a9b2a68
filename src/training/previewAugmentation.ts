import { type AugmentationPreview, planPreview } from '../domain/augment/preview.ts';
import type { LabelledImages } from '../domain/data/dataset.ts';
import type { Recipe } from '../domain/recipe/recipe.ts';
import { backendInUse } from './backendInUse.ts';

/** How often each image is varied. */
const PREVIEW_STEPS = 4;

/**
 * The first `count` images of a run of this recipe, and how its first steps vary them, made by the
 * kernel with which the engine in use trains. Undefined where the recipe leaves images as they are.
 */
export async function previewAugmentation(
  recipe: Recipe,
  images: LabelledImages,
  training: Uint32Array,
  count: number,
): Promise<AugmentationPreview | undefined> {
  const job = planPreview(recipe, images, training, count, PREVIEW_STEPS);
  if (!job) return undefined;
  const varied = await (await backendInUse()).vary(job);
  return {
    shape: images.shape,
    originals: job.images.pixels,
    varied: varied.map((bytes) => new Uint8Array(Uint8ClampedArray.from(bytes).buffer)),
  };
}
