import { sizeOf } from '../../src/domain/architecture/shapes.ts';
import type { Work, WorkManifest } from './work.ts';

/** Both files of a work as it was written by makeWork.ts. */
export function readWork(manifest: WorkManifest, { buffer }: Uint8Array<ArrayBuffer>): Work {
  const { tensors, images, order, recipe } = manifest;
  const { height, width, channels } = images.shape;
  const indices = new Uint32Array(buffer, order.place, order.count);
  const batch = recipe.batchSize;
  const steps = order.count / batch;
  return {
    manifest,
    weights: tensors.map(({ name, shape, place }) => ({
      ...{ name, shape, values: new Float32Array(buffer, place, sizeOf(shape)) },
    })),
    images: {
      ...{ shape: images.shape, count: images.count },
      pixels: new Uint8Array(buffer, images.pixels, images.count * height * width * channels),
      labels: Uint16Array.from(new Uint8Array(buffer, images.labels, images.count)),
    },
    indices: (step) => indices.slice((step % steps) * batch, ((step % steps) + 1) * batch),
  };
}
