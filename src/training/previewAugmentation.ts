import { gatherAugmented } from '../domain/augment/gatherAugmented.ts';
import {
  type AugmentationPreview,
  type PreviewJob,
  planPreview,
} from '../domain/augment/preview.ts';
import type { LabelledImages } from '../domain/dataset.ts';
import type { Recipe } from '../domain/recipe.ts';
import { varyOnWebgpu } from './compiled/previewOnWebgpu.ts';
import { varyOnWasm } from './threaded/previewOnWasm.ts';

/** How often each image is varied. */
const PREVIEW_STEPS = 4;

/** A scaling that leaves bytes as they are. */
const BYTES = { offset: 0, factor: 1 };

/**
 * The first `count` images of a run of this recipe, and how its first steps vary them, made by the
 * kernel with which this engine trains. Undefined where the recipe leaves images as they are.
 */
export async function previewAugmentation(
  engine: string,
  recipe: Recipe,
  images: LabelledImages,
  training: Uint32Array,
  count: number,
): Promise<AugmentationPreview | undefined> {
  const job = planPreview(recipe, images, training, count, PREVIEW_STEPS);
  if (!job) return undefined;
  const varied = await vary(engine, job);
  return {
    shape: images.shape,
    originals: job.images.pixels,
    varied: varied.map((bytes) => new Uint8Array(Uint8ClampedArray.from(bytes).buffer)),
  };
}

function vary(engine: string, job: PreviewJob): Promise<Float32Array[]> | Float32Array[] {
  if (engine === 'wasm') return varyOnWasm(job);
  return engine === 'webgpu' ? varyOnWebgpu(job) : varyPlainly(job);
}

/** As the tape trains. */
function varyPlainly({ plan, images, steps }: PreviewJob): Float32Array[] {
  const everyImage = Uint32Array.from({ length: images.count }, (_, i) => i);
  return Array.from({ length: steps }, (_, step) => {
    const bytes = new Float32Array(images.pixels.length);
    gatherAugmented(images, everyImage, plan, step, BYTES, bytes);
    return bytes;
  });
}
