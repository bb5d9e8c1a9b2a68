import type { KernelName, SimdKernels } from '../simdKernels.ts';

/** A kernel and its arguments but the last two, which tell the threads apart. */
export interface KernelCall {
  readonly kernel: KernelName;
  readonly args: readonly number[];
}

/** Bytes at the beginning of the memory that the barrier works with. */
export const SYNC_ADDRESS = 0;
export const SYNC_BYTES = 64;

/** After this long a thread is taken for dead by the others. */
const PATIENCE_SECONDS = 60;

/** A page's own thread is not allowed to sleep, and never trains but in tests. */
const mayWait = 'WorkerGlobalScope' in globalThis;

/** Does one thread's part of these calls, each when all threads have done the one before. */
export function runCalls(
  kernels: SimdKernels,
  calls: readonly KernelCall[],
  thread: number,
  threads: number,
): void {
  const patience = mayWait ? PATIENCE_SECONDS : 0;
  for (const { kernel, args } of calls) {
    kernels[kernel](...args, thread, threads);
    const late = kernels.barrier(SYNC_ADDRESS, patience, threads);
    if (late) throw new Error(`a thread did not end ${kernel} within ${PATIENCE_SECONDS} s`);
  }
}
