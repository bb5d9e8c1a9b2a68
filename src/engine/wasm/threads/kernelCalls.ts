import { assert } from '../../../util/assert.ts';
import type { KernelName, SimdKernels } from '../simdKernels.ts';
import { failureIn, messageOf, tellFailure } from './failure.ts';
import { SYNC_ADDRESS } from './sync.ts';

/** A kernel and its arguments but the last two, which tell the threads apart. */
export interface KernelCall {
  readonly kernel: KernelName;
  readonly args: readonly number[];
}

/** After this long a thread is taken for dead by the others. */
const PATIENCE_SECONDS = 60;

/** A page's own thread is not allowed to sleep, and never trains but in tests. */
const mayWait = 'WorkerGlobalScope' in globalThis;

/** What the barrier gives where not all threads are there: see `assembly/barrier.ts`. */
const LATE = 1;
const BROKEN = 2;

/**
 * Does one thread's part of these calls, each when all threads have done the one before. Throws what
 * the first thread that failed did, in every thread, and at once.
 */
export function runCalls(
  { kernels, memory }: { kernels: SimdKernels; memory: WebAssembly.Memory },
  calls: readonly KernelCall[],
  thread: number,
  threads: number,
): void {
  const patience = mayWait ? PATIENCE_SECONDS : 0;
  try {
    for (const { kernel, args } of calls) {
      kernels[kernel](...args, thread, threads);
      const outcome = kernels.barrier(SYNC_ADDRESS, patience, threads);
      assert(outcome !== LATE, `a thread did not end ${kernel} within ${PATIENCE_SECONDS} s`);
      if (outcome === BROKEN) throw new Error(failureIn(memory));
    }
  } catch (error) {
    if (threads > 1) tellFailure(memory, messageOf(error));
    throw error;
  }
}
