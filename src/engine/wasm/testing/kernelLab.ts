import { readFile } from 'node:fs/promises';
import { instantiateKernels, type KernelName, type SimdKernels } from '../simdKernels.ts';

/** Bytes behind an operand that a kernel may read: finite numbers, for a product multiplies them by 0. */
const SLACK = 32;
/** Four of them are a finite float, and no kernel writes it by chance. */
export const SLACK_BYTE = 0x41;
const PAGE = 65536;

/** A memory to call kernels in, for tests in Node. */
export class KernelLab {
  private top = 64;

  private constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly kernels: SimdKernels,
  ) {}

  static async open(): Promise<KernelLab> {
    const bytes = await readFile(new URL('../generated/kernels.wasm', import.meta.url));
    const memory = new WebAssembly.Memory({ initial: 1 });
    return new KernelLab(
      memory,
      await instantiateKernels(await WebAssembly.compile(bytes), memory),
    );
  }

  /**
   * Room for this many bytes, all 255 (a float there is no number), at a multiple of 16. The 32 bytes
   * behind are zero.
   */
  bytes(count: number): number {
    const at = this.top;
    this.top = Math.ceil((at + count + SLACK) / 16) * 16;
    const missing = this.top - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    new Uint8Array(this.memory.buffer, at, this.top - at).fill(SLACK_BYTE).fill(255, 0, count);
    return at;
  }

  /** An operand with these values. */
  floats(values: ArrayLike<number>): number {
    const at = this.bytes(4 * values.length);
    new Float32Array(this.memory.buffer, at, values.length).set(values);
    return at;
  }

  /** A result to be written: it holds no numbers yet. */
  result(count: number): number {
    return this.bytes(4 * count);
  }

  read(at: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, count).slice();
  }

  readHalves(address: number, count: number): Uint16Array {
    return new Uint16Array(this.readBytes(address, 2 * count).buffer);
  }

  readBytes(at: number, count: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, count).slice();
  }

  writeBytes(at: number, values: Uint8Array): void {
    new Uint8Array(this.memory.buffer).set(values, at);
  }

  /** Calls the kernel as so many threads, one after the other. */
  run(kernel: KernelName, args: readonly number[], threads = 1): void {
    for (let thread = 0; thread < threads; thread++) {
      this.kernels[kernel](...args, thread, threads);
    }
  }

  /** Gives the memory free for the next test. */
  clear(): void {
    this.top = 64;
  }
}
