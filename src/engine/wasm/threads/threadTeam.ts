import { type ThreadReport, threadsFor } from '../../../domain/machine/engineReport.ts';
import { assert } from '../../../util/assert.ts';
import { WorkbenchError } from '../../../util/errors.ts';
import { settles } from '../../../util/settles.ts';
import { importerOf } from '../../../util/trustedTypes.ts';
import { fetchKernels } from '../fetchKernels.ts';
import { instantiateKernels, type SimdKernels } from '../simdKernels.ts';
import { failureIn, messageOf } from './failure.ts';
import { type KernelCall, runCalls } from './kernelCalls.ts';
import type { ThreadAnswer, ThreadOrder } from './thread.ts';
import threadUrl from './thread.ts?worker&url';

const PAGE_BYTES = 65536;
/** A thread loads a script and compiles nothing: seconds, where the machine does little else. */
const MOST_OPENING_MS = 60_000;

/** How many threads can share a memory here: the processor's cores, or 1 where none may be shared. */
export function availableThreads(): number {
  return globalThis.crossOriginIsolated ? Math.max(1, navigator.hardwareConcurrency) : 1;
}

let wanted: number | undefined;

/** How many compute from now on; without a number, as many as there can be. */
export function setThreads(threads: number | undefined): ThreadReport {
  wanted = threads;
  return threadsInUse();
}

export const threadsInUse = (): ThreadReport => threadsFor(availableThreads(), wanted);

/**
 * A memory, and the threads that run lists of kernel calls on it: the calling one is number 0, the
 * others are workers.
 */
export class ThreadTeam {
  private listCount = 0;
  private readonly lists = new Map<number, readonly KernelCall[]>();

  private constructor(
    readonly memory: WebAssembly.Memory,
    readonly kernels: SimdKernels,
    private readonly helpers: readonly Worker[],
  ) {}

  /**
   * Throws a RangeError where so much memory is not to be had, `engine.threadFailed` where a thread
   * cannot start, and `wait.tooLong` where one does not say.
   */
  static async open(bytes: number, threads: number): Promise<ThreadTeam> {
    const shared = threads > 1;
    const pages = Math.ceil(bytes / PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
    const module = await fetchKernels(shared ? 'shared' : 'own');
    const kernels = await instantiateKernels(module, memory);
    const helpers = Array.from({ length: threads - 1 }, startHelper);
    try {
      const opened = helpers.map((helper, i) =>
        openHelper(helper, { type: 'open', module, memory, thread: i + 1, threads }),
      );
      await settles(Promise.all(opened), MOST_OPENING_MS, 'wait.threads');
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

  /**
   * Runs the list on all threads and returns when it is done. Throws `engine.threadFailed` at once where
   * one of them fails, and ever after.
   */
  run(list: number): void {
    const calls = this.lists.get(list);
    assert(calls, `there is a list ${list}`);
    const failure = failureIn(this.memory);
    if (failure) throw threadFailed(this.threads, failure);
    this.tell({ type: 'run', list });
    try {
      runCalls(this, calls, 0, this.threads);
    } catch (error) {
      throw threadFailed(this.threads, messageOf(error));
    }
  }

  private tell(order: ThreadOrder): void {
    for (const helper of this.helpers) helper.postMessage(order);
  }

  dispose(): void {
    for (const helper of this.helpers) helper.terminate();
  }
}

function threadFailed(threads: number, problem: string): WorkbenchError {
  return new WorkbenchError('engine.threadFailed', { threads, problem });
}

/** Under the policy of the worker that starts it. */
export function startHelper(): Worker {
  return new Worker(importerOf(threadUrl), { type: 'module' });
}

/** Settles when the thread has answered, or cannot: its script may not load, its order not arrive. */
export function openHelper(
  helper: Worker,
  order: Extract<ThreadOrder, { type: 'open' }>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (problem: string) => reject(threadFailed(order.threads, problem));
    helper.onmessage = ({ data }: MessageEvent<ThreadAnswer>) => {
      if (data.type === 'failed') fail(data.message);
      else resolve();
    };
    helper.onerror = ({ message }) => fail(message || 'its script did not load');
    helper.onmessageerror = () => fail('it could not read what it was told');
    helper.postMessage(order);
  });
}
