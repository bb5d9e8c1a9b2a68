import { gpuAnswers } from './gpuAnswers.ts';

export interface BufferPart {
  readonly buffer: GPUBuffer;
  readonly bytes: number;
  readonly offset?: number;
}

/**
 * Copies parts of buffers to where the processor can read them. All are copied at once, before the
 * device goes on with what is submitted later, and what is made for it is gone afterwards.
 */
export async function readBack(
  device: GPUDevice,
  parts: readonly BufferPart[],
): Promise<ArrayBuffer[]> {
  const encoder = device.createCommandEncoder();
  const stagings = parts.map(({ buffer, bytes, offset = 0 }) => {
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const staging = device.createBuffer({ label: `${buffer.label} to read`, size: bytes, usage });
    encoder.copyBufferToBuffer(buffer, offset, staging, 0, bytes);
    return staging;
  });
  device.queue.submit([encoder.finish()]);
  try {
    return await Promise.all(
      stagings.map(async (staging) => {
        await gpuAnswers(device, staging.mapAsync(GPUMapMode.READ));
        return staging.getMappedRange().slice(0);
      }),
    );
  } finally {
    for (const staging of stagings) staging.destroy();
  }
}
