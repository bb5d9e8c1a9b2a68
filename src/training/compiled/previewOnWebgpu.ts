import { augmentShapeOf } from '../../domain/augment/draw.ts';
import { drawPreview, type PreviewJob } from '../../domain/augment/preview.ts';
import { webgpuDevice, webgpuPipelines } from '../../engine/device.ts';
import { bindShader, encodeAll } from '../../engine/webgpu/boundShader.ts';
import { augmentBatch } from '../../engine/webgpu/kernels/augmentBatch.ts';
import { FLOAT_BYTES, likeliest, type Shader } from '../../engine/webgpu/operation.ts';
import { createStorage, createUniform } from '../../engine/webgpu/pipelines.ts';
import { STEP_BYTES, stepBytes } from '../../engine/webgpu/step.ts';
import { assert } from '../../util/assert.ts';
import { downloadAll } from './transfer.ts';

/**
 * Varies images with the kernel that training uses, in buffers of their own. Gives the bytes before
 * they are rounded, an entry a step.
 */
export async function varyOnWebgpu(job: PreviewJob): Promise<Float32Array[]> {
  const { plan, images, steps } = job;
  const { count, pixels, labels } = images;
  const augment = augmentShapeOf(plan);
  const { shaders } = likeliest(augmentBatch({ batch: count, augment, offset: 0, factor: 1 }));
  await Promise.all(shaders.map((shader) => webgpuPipelines().prepare(shader)));

  const device = webgpuDevice();
  const step = createUniform(device, 'step', STEP_BYTES);
  device.queue.writeBuffer(step, 0, stepBytes({ count }));
  const shared = {
    step,
    pixels: filled(device, 'pixels', wholeWords(pixels)),
    order: filled(device, 'order', Uint32Array.from(labels.keys())),
  };
  const made = Array.from({ length: steps }, (_, i) => ({
    variations: filled(device, 'variations', drawPreview(job, i)),
    x: createStorage(device, 'x', FLOAT_BYTES * pixels.length),
  }));
  try {
    for (const buffers of made) dispatch(device, shaders, { ...shared, ...buffers });
    const shape = [pixels.length];
    const results = made.map(({ x }, i) => ({ name: `x ${i}`, shape, buffer: x }));
    return (await downloadAll(device, results)).map(({ values }) => values);
  } finally {
    for (const buffers of [shared, ...made]) {
      for (const buffer of Object.values(buffers)) buffer.destroy();
    }
  }
}

function dispatch(
  device: GPUDevice,
  shaders: readonly Shader[],
  buffers: Readonly<Record<string, GPUBuffer>>,
): void {
  const bound = shaders.map((shader) =>
    bindShader(device, webgpuPipelines(), shader, (operand) => {
      const buffer = buffers[operand];
      assert(buffer, `the preview has a buffer for ${operand}`);
      return buffer;
    }),
  );
  device.queue.submit([encodeAll(device, bound)]);
}

function filled(
  device: GPUDevice,
  name: string,
  values: Float32Array | Uint32Array | Uint8Array,
): GPUBuffer {
  const buffer = createStorage(device, name, values.byteLength);
  device.queue.writeBuffer(buffer, 0, values as Float32Array<ArrayBuffer>);
  return buffer;
}

/** A copy whose length is that of whole 32-bit words, as which the device takes bytes. */
function wholeWords(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(4 * Math.ceil(bytes.length / 4));
  padded.set(bytes);
  return padded;
}
