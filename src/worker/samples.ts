import { buildArchitecture } from '../domain/architecture.ts';
import { scaledBytes } from '../domain/scaling.ts';
import type { PortableModel } from '../formats/portableModel.ts';
import { otherSample, SAMPLE_TOLERANCE, sampleImages } from '../formats/samples.ts';
import { inferAlone } from '../training/threaded/inferAlone.ts';
import { at } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';

/** The model with ten images and what its network makes of them, whatever engine it was trained with. */
export async function withSamples(
  model: PortableModel,
  kernels: WebAssembly.Module,
): Promise<PortableModel> {
  const images = sampleImages(model.architecture.input);
  return { ...model, samples: { images, logits: await logitsOf(model, images, kernels) } };
}

/** Refuses a model that reads the images of its file otherwise than its file says. */
export async function refuseOtherLogits(
  file: string,
  model: PortableModel,
  kernels: () => Promise<WebAssembly.Module>,
): Promise<void> {
  const { samples } = model;
  if (!samples) return;
  const other = otherSample(samples, await logitsOf(model, samples.images, await kernels()));
  if (!other) return;
  const [image, difference] = [other.image, other.difference.toPrecision(2)];
  throw new WorkbenchError('weights.samples', { file, image, difference, most: SAMPLE_TOLERANCE });
}

function logitsOf(
  { architecture, scaling, tensors }: PortableModel,
  images: Uint8Array,
  kernels: WebAssembly.Module,
): Promise<Float32Array> {
  const scaled = scaledBytes(scaling);
  const values = Float32Array.from(images, (byte) => at(scaled, byte));
  return inferAlone(kernels, buildArchitecture(architecture), tensors, values);
}
