import type { NamedTensor } from '../../domain/run.ts';
import { sizeOf } from '../../domain/shapes.ts';

interface NamedBuffer {
  readonly name: string;
  readonly shape: readonly number[];
  readonly buffer: GPUBuffer;
}

/** Reads buffers of floats from the device; all of them are copied before the device goes on. */
export function downloadAll(
  device: GPUDevice,
  buffers: readonly NamedBuffer[],
): Promise<NamedTensor[]> {
  const encoder = device.createCommandEncoder();
  const copies = buffers.map(({ name, shape, buffer }) => {
    const size = sizeOf(shape) * Float32Array.BYTES_PER_ELEMENT;
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const staging = device.createBuffer({ label: name, size, usage });
    encoder.copyBufferToBuffer(buffer, 0, staging, 0, size);
    return { name, shape, staging };
  });
  device.queue.submit([encoder.finish()]);
  return Promise.all(
    copies.map(async ({ name, shape, staging }) => {
      await staging.mapAsync(GPUMapMode.READ);
      const values = new Float32Array(staging.getMappedRange().slice(0));
      staging.destroy();
      return { name, shape, values };
    }),
  );
}

/** Buffers are whole words; a copy is made only where the bytes are not. */
export function upload(device: GPUDevice, buffer: GPUBuffer, bytes: Uint8Array): void {
  const whole = bytes.length - (bytes.length % 4);
  device.queue.writeBuffer(buffer, 0, bytes as Uint8Array<ArrayBuffer>, 0, whole);
  if (whole === bytes.length) return;
  const rest = new Uint8Array(4);
  rest.set(bytes.subarray(whole));
  device.queue.writeBuffer(buffer, whole, rest);
}
