import type { Architecture } from '../architecture/architecture.ts';
import { describeNetwork } from '../architecture/shapes.ts';

/**
 * What one core does a second, in floating-point operations, as measured on AMD EPYC cores
 * (docs/performance.md): kernels of WebAssembly, and a GPU that the processor plays. Machines differ
 * by a few times, the two of them from each other by ten.
 */
const CORE_FLOPS = { wasm: 2e10, webgpu: 2.5e9 } as const;

/** Seconds that a training takes about, on the processor alone. */
export function estimatedSeconds(
  engine: keyof typeof CORE_FLOPS,
  architecture: Architecture,
  batchSize: number,
  steps: number,
  cores: number,
): number {
  // Two operations a multiply-add; the way back costs twice the way forward.
  const stepFlops = 6 * describeNetwork(architecture).multiplyAdds * batchSize;
  return (steps * stepFlops) / (CORE_FLOPS[engine] * cores);
}
