import { sizeOf } from '../../domain/architecture/shapes.ts';
import type { Labels } from '../../domain/data/labels.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { FLOAT_BYTES } from '../../engine/webgpu/operation.ts';
import { readBack } from '../../engine/webgpu/readBack.ts';
import { at } from '../../util/assert.ts';

interface NamedBuffer {
  readonly name: string;
  readonly shape: readonly number[];
  readonly buffer: GPUBuffer;
}

/** Reads buffers of floats from the device; all of them are copied before the device goes on. */
export async function downloadAll(
  device: GPUDevice,
  buffers: readonly NamedBuffer[],
): Promise<NamedTensor[]> {
  const parts = buffers.map(({ shape, buffer }) => ({
    ...{ buffer, bytes: sizeOf(shape) * FLOAT_BYTES },
  }));
  const read = await readBack(device, parts);
  return buffers.map(({ name, shape }, i) => {
    return { name, shape, values: new Float32Array(at(read, i)) };
  });
}

/** Buffers are whole words; a copy is made only where the bytes are not. */
export function upload(device: GPUDevice, buffer: GPUBuffer, values: Uint8Array | Labels): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const whole = bytes.length - (bytes.length % 4);
  device.queue.writeBuffer(buffer, 0, bytes as Uint8Array<ArrayBuffer>, 0, whole);
  if (whole === bytes.length) return;
  const rest = new Uint8Array(4);
  rest.set(bytes.subarray(whole));
  device.queue.writeBuffer(buffer, whole, rest);
}
