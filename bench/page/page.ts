import { proxy, wrap } from 'comlink';
import type { CpuOptions } from '../cpu/host.ts';
import type { AskTorch } from '../cpu/torch.ts';
import { type BenchmarkName, benchmarks } from '../lib/benchmarks.ts';
import type { HostFacts, Outcome } from '../lib/host.ts';
import type { StepOptions } from '../step.ts';
import type { RunCpuBenchmark } from './worker.ts';

export type BenchmarkRequest = {
  readonly name: BenchmarkName;
  readonly facts: HostFacts;
} & (
  | { readonly engine: 'webgpu'; readonly options: StepOptions }
  | { readonly engine: 'wasm'; readonly options: CpuOptions }
);

/** The page's side of lib/inPage.mjs, which calls this and prints what the console gets. */
export type RunBenchmark = (request: BenchmarkRequest) => Promise<Outcome>;

declare global {
  interface Window {
    runBenchmark: RunBenchmark;
    /** Given by lib/inPage.mjs. */
    askTorch: AskTorch;
  }
}

window.runBenchmark = async (request) => {
  const { name, facts } = request;
  if (request.engine === 'webgpu') {
    const { run } = await benchmarks[name]();
    return run(request.options, facts, console.info);
  }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const broken = new Promise<never>((_, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message || 'The worker did not start.'));
  });
  const run = wrap<RunCpuBenchmark>(worker);
  return Promise.race([
    run(name, request.options, facts, proxy(console.info), proxy(window.askTorch)),
    broken,
  ]);
};
