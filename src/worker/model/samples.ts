import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import { scaledBytes } from '../../domain/recipe/scaling.ts';
import type { PortableModel } from '../../formats/weights/portableModel.ts';
import { otherSample, SAMPLE_TOLERANCE, sampleImages } from '../../formats/weights/samples.ts';
import { inferAlone } from '../../training/threaded/inferAlone.ts';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';

/**
 * The model with ten images and what its network makes of them, whatever engine it was trained with. A file
 * is worth more than they are: where they are not to be had, or are no numbers, it goes without.
 */
export async function withSamples(
  model: PortableModel,
  kernels: () => Promise<WebAssembly.Module>,
): Promise<PortableModel> {
  const images = sampleImages(model.architecture.input);
  const { samples: _, ...bare } = model;
  const logits = await logitsIfAny(model, images, kernels);
  return logits?.every(Number.isFinite) ? { ...bare, samples: { images, logits } } : bare;
}

/** Refuses a model that reads the images of its file otherwise than its file says. */
export async function refuseOtherLogits(
  file: string,
  model: PortableModel,
  kernels: () => Promise<WebAssembly.Module>,
): Promise<void> {
  const { samples } = model;
  if (!samples) return;
  const logits = await logitsIfAny(model, samples.images, kernels);
  // Not held against its images it can be used nevertheless.
  if (!logits) return;
  const other = otherSample(samples, logits);
  if (!other) return;
  const [image, difference] = [other.image, other.difference.toPrecision(2)];
  throw new WorkbenchError('weights.samples', { file, image, difference, most: SAMPLE_TOLERANCE });
}

/** Nothing where the kernels do not arrive, or have no memory for the network. */
async function logitsIfAny(
  { architecture, scaling, tensors }: PortableModel,
  images: Uint8Array,
  kernels: () => Promise<WebAssembly.Module>,
): Promise<Float32Array | undefined> {
  const arrived = await kernels().catch(() => undefined);
  if (!arrived) return undefined;
  const scaled = scaledBytes(scaling);
  const values = Float32Array.from(images, (byte) => at(scaled, byte));
  try {
    return await inferAlone(arrived, buildArchitecture(architecture), tensors, values);
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'engine.noHeap') return undefined;
    throw error;
  }
}
