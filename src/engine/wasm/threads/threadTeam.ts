import '../../../util/trustedTypes.ts';
import { fetchKernels } from '../fetchKernels.ts';
import { instantiateKernels, type SimdKernels } from '../simdKernels.ts';
import { type KernelCall, runCalls } from './kernelCalls.ts';
import type { ThreadOrder } from './thread.ts';

const PAGE_BYTES = 65536;

/** How many threads can share a memory here: the processor's cores, or 1 where none may be shared. */
export function availableThreads(): number {
  return globalThis.crossOriginIsolated ? Math.max(1, navigator.hardwareConcurrency) : 1;
}

/**
 * A memory, and the threads that run lists of kernel calls on it: the calling one is number 0, the
 * others are workers. tfjs-backend-wasm has no part in it.
 */
export class ThreadTeam {
  private listCount = 0;
  private readonly lists = new Map<number, readonly KernelCall[]>();
  private failure: string | undefined;

  private constructor(
    readonly memory: WebAssembly.Memory,
    private readonly kernels: SimdKernels,
    private readonly helpers: readonly Worker[],
  ) {
    for (const helper of helpers) {
      helper.onerror = ({ message }) => {
        this.failure ??= message;
      };
    }
  }

  /** Throws a RangeError where so much memory is not to be had. */
  static async open(bytes: number, threads: number): Promise<ThreadTeam> {
    const shared = threads > 1;
    const pages = Math.ceil(bytes / PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
    const module = await fetchKernels(shared ? 'shared' : 'own');
    const kernels = await instantiateKernels(module, memory);
    const helpers = Array.from({ length: threads - 1 }, () => startWorker());
    try {
      await Promise.all(
        helpers.map((helper, i) => openHelper(helper, module, memory, i + 1, threads)),
      );
    } catch (error) {
      for (const helper of helpers) helper.terminate();
      throw error;
    }
    return new ThreadTeam(memory, kernels, helpers);
  }

  get threads(): number {
    return this.helpers.length + 1;
  }

  /** Tells all threads of a list of calls, and gives the number by which it is run. */
  learn(calls: readonly KernelCall[]): number {
    const list = this.listCount++;
    this.lists.set(list, calls);
    this.tell({ type: 'learn', list, calls });
    return list;
  }

  /** Runs the list on all threads and returns when it is done. */
  run(list: number): void {
    const calls = this.lists.get(list);
    if (!calls) throw new Error(`there is no list ${list}`);
    if (this.failure) throw new Error(this.failure);
    this.tell({ type: 'run', list });
    runCalls(this.kernels, calls, 0, this.threads);
  }

  private tell(order: ThreadOrder): void {
    for (const helper of this.helpers) helper.postMessage(order);
  }

  dispose(): void {
    for (const helper of this.helpers) helper.terminate();
  }
}

function startWorker(): Worker {
  return new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' });
}

function openHelper(
  helper: Worker,
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  thread: number,
  threads: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    helper.onmessage = () => resolve();
    helper.onerror = ({ message }) => reject(new Error(message || 'a thread did not start'));
    helper.postMessage({ type: 'open', module, memory, thread, threads } satisfies ThreadOrder);
  });
}
