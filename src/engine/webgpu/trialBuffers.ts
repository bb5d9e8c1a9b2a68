import { assert } from '../../util/assert.ts';
import type { Noise } from './noise.ts';

/** Buffers of a trial by operand, gone with it. */
export class TrialBuffers {
  private constructor(private readonly byOperand: ReadonlyMap<string, GPUBuffer>) {}

  /** Undefined where the device has not the memory. */
  static async allocate(
    device: GPUDevice,
    bytesOf: Readonly<Record<string, number>>,
  ): Promise<TrialBuffers | undefined> {
    const byOperand = new Map<string, GPUBuffer>();
    const failure = await guarded(device, () => {
      for (const [operand, bytes] of Object.entries(bytesOf)) {
        byOperand.set(operand, createAnyUse(device, operand, bytes));
      }
    });
    const buffers = new TrialBuffers(byOperand);
    if (!failure) return buffers;
    buffers.dispose();
    return undefined;
  }

  has(operand: string): boolean {
    return this.byOperand.has(operand);
  }

  get(operand: string): GPUBuffer {
    const buffer = this.byOperand.get(operand);
    assert(buffer, `the trial has a buffer for ${operand}`);
    return buffer;
  }

  /** The same numbers in every buffer, whenever it is called. */
  fill(encoder: GPUCommandEncoder, noise: Noise): void {
    for (const [seed, buffer] of [...this.byOperand.values()].entries()) {
      noise.fill(encoder, buffer, seed);
    }
  }

  dispose(): void {
    for (const buffer of this.byOperand.values()) buffer.destroy();
  }
}

/** Whether an operand is bound as storage or as a uniform is the shader's affair. */
function createAnyUse(device: GPUDevice, label: string, bytes: number): GPUBuffer {
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const size = Math.max(16, Math.ceil(bytes / 16) * 16);
  return device.createBuffer({ label, size, usage: STORAGE | UNIFORM | COPY_SRC | COPY_DST });
}

/** Does what may be too much for the device, and tells what it said, which nobody else hears. */
export async function guarded(device: GPUDevice, work: () => void): Promise<GPUError | null> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  work();
  const said = await Promise.all([device.popErrorScope(), device.popErrorScope()]);
  return said.find((error) => error !== null) ?? null;
}
