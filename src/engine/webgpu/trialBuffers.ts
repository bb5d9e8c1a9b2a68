import { assert } from '../../util/assert.ts';
import { everyFault, inScopes } from './errorScopes.ts';
import type { Noise } from './noise.ts';
import { wholeVectors } from './pipelines.ts';

/** Buffers of a trial by operand, gone with it. */
export class TrialBuffers {
  private constructor(private readonly byOperand: ReadonlyMap<string, GPUBuffer>) {}

  /** Undefined where the device has not the memory. */
  static async allocate(
    device: GPUDevice,
    bytesOf: Readonly<Record<string, number>>,
  ): Promise<TrialBuffers | undefined> {
    const byOperand = new Map<string, GPUBuffer>();
    const { said } = inScopes(device, everyFault, () => {
      for (const [operand, bytes] of Object.entries(bytesOf)) {
        byOperand.set(operand, createAnyUse(device, operand, bytes));
      }
    });
    const buffers = new TrialBuffers(byOperand);
    if (!(await said)) return buffers;
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
  return device.createBuffer({
    label,
    size: wholeVectors(bytes),
    usage: STORAGE | UNIFORM | COPY_SRC | COPY_DST,
  });
}
