import { FLOAT_BYTES } from './operation.ts';

/**
 * Fills buffers with small numbers of both signs. Zeros would be quicker to multiply on some GPUs,
 * and would hide what a wrong kernel does.
 */
export class Noise {
  private readonly source: GPUBuffer;

  constructor(device: GPUDevice) {
    const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    this.source = device.createBuffer({ label: 'noise', size: PERIOD * FLOAT_BYTES, usage });
    device.queue.writeBuffer(this.source, 0, noiseFloats());
  }

  /** Repeats the noise over the whole buffer, from another place for each `seed`. */
  fill(encoder: GPUCommandEncoder, buffer: GPUBuffer, seed: number): void {
    let from = (seed * SEED_STRIDE) % PERIOD;
    for (let at = 0; at < buffer.size; ) {
      const bytes = Math.min((PERIOD - from) * FLOAT_BYTES, buffer.size - at);
      encoder.copyBufferToBuffer(this.source, from * FLOAT_BYTES, buffer, at, bytes);
      at += bytes;
      from = 0;
    }
  }

  dispose(): void {
    this.source.destroy();
  }
}

/** A prime, so that rows of a matrix do not repeat; with a mebibyte a large buffer needs few copies. */
const PERIOD = 262_147;
const SEED_STRIDE = 10_007;

/** Between -1 and 1. */
function noiseFloats(): Float32Array<ArrayBuffer> {
  let state = 1;
  return Float32Array.from({ length: PERIOD }, () => {
    // Numerical Recipes' linear congruence: anything irregular will do.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
