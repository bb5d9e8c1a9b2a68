import { afterAll, beforeAll } from 'vitest';

/** Watches every buffer of every device from the first test of a file to its last. */
export function liveBuffers(): { bytes(): number; count(): number } {
  const live = new Map<GPUBuffer, { readonly bytes: number; readonly device: GPUDevice }>();
  const { createBuffer, destroy: destroyDevice } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  beforeAll(() => {
    GPUDevice.prototype.createBuffer = function (descriptor) {
      const buffer = createBuffer.call(this, descriptor);
      live.set(buffer, { bytes: descriptor.size, device: this });
      return buffer;
    };
    GPUDevice.prototype.destroy = function () {
      for (const [buffer, { device }] of live) if (device === this) live.delete(buffer);
      return destroyDevice.call(this);
    };
    GPUBuffer.prototype.destroy = function () {
      live.delete(this);
      return destroy.call(this);
    };
  });
  afterAll(() => Object.assign(GPUDevice.prototype, { createBuffer, destroy: destroyDevice }));
  afterAll(() => Object.assign(GPUBuffer.prototype, { destroy }));
  return {
    bytes: () => [...live.values()].reduce((sum, { bytes }) => sum + bytes, 0),
    count: () => live.size,
  };
}
