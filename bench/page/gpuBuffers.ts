/**
 * Follows the buffers that are made on WebGPU devices from now on, whoever makes them. What the driver
 * takes beside them nobody tells.
 */
export function countGpuBuffers() {
  let bytes = 0;
  let most = 0;
  if (typeof GPUDevice !== 'undefined') {
    const { createBuffer } = GPUDevice.prototype;
    GPUDevice.prototype.createBuffer = function (descriptor) {
      const buffer = createBuffer.call(this, descriptor);
      bytes += buffer.size;
      most = Math.max(most, bytes);
      return buffer;
    };
    const { destroy } = GPUBuffer.prototype;
    const destroyed = new WeakSet<GPUBuffer>();
    GPUBuffer.prototype.destroy = function () {
      if (!destroyed.has(this)) bytes -= this.size;
      destroyed.add(this);
      return destroy.call(this);
    };
  }
  return { mostBytes: () => most };
}
