import { instantiateKernels, type SimdKernels } from '../simdKernels.ts';
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

/** A worker that does its part of the lists of calls it was told of, and nothing else. */
let kernels: SimdKernels | undefined;
let [thread, threads] = [0, 1];
const lists = new Map<number, readonly KernelCall[]>();

self.onmessage = async ({ data }: MessageEvent<ThreadOrder>) => {
  switch (data.type) {
    case 'open':
      kernels = await instantiateKernels(data.module, data.memory);
      ({ thread, threads } = data);
      self.postMessage('ready');
      return;
    case 'learn':
      lists.set(data.list, data.calls);
      return;
    case 'run': {
      const calls = lists.get(data.list);
      if (!kernels || !calls) throw new Error(`thread ${thread} does not know list ${data.list}`);
      runCalls(kernels, calls, thread, threads);
    }
  }
};
