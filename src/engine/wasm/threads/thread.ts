import { assert } from '../../../util/assert.ts';
import { instantiateKernels, type SimdKernels } from '../simdKernels.ts';
import { messageOf, tellFailure } from './failure.ts';
import { type KernelCall, runCalls } from './kernelCalls.ts';

/** What the team tells a thread of its. */
export type ThreadOrder =
  | {
      readonly type: 'open';
      readonly module: WebAssembly.Module;
      readonly memory: WebAssembly.Memory;
      readonly thread: number;
      readonly threads: number;
    }
  | { readonly type: 'learn'; readonly list: number; readonly calls: readonly KernelCall[] }
  | { readonly type: 'run'; readonly list: number };

/** What a thread answers: nothing that fails in it is heard otherwise. */
export type ThreadAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string };

/** A worker that does its part of the lists of calls it was told of, and nothing else. */
let memory: WebAssembly.Memory | undefined;
let kernels: SimdKernels | undefined;
let [thread, threads] = [0, 1];
const lists = new Map<number, readonly KernelCall[]>();

const answer = (message: ThreadAnswer) => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<ThreadOrder>) => {
  obey(data).catch((error: unknown) => {
    const message = messageOf(error);
    if (memory) tellFailure(memory, message);
    answer({ type: 'failed', message });
  });
};

async function obey(order: ThreadOrder): Promise<void> {
  switch (order.type) {
    case 'open':
      kernels = await instantiateKernels(order.module, order.memory);
      ({ memory, thread, threads } = order);
      return answer({ type: 'ready' });
    case 'learn':
      lists.set(order.list, order.calls);
      return;
    case 'run': {
      const calls = lists.get(order.list);
      assert(kernels && memory && calls, `thread ${thread} knows list ${order.list}`);
      runCalls({ kernels, memory }, calls, thread, threads);
    }
  }
}
