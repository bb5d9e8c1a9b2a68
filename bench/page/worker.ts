import { expose } from 'comlink';
import { cpuBenchmarks } from '../cpu/benchmarks.ts';
import type { CpuHost, CpuOptions } from '../cpu/host.ts';

/**
 * Runs the benchmarks of the CPU engine: its trainer sleeps while other threads work, which a page's
 * own thread may not.
 */
async function runCpuBenchmark(
  name: keyof typeof cpuBenchmarks,
  options: CpuOptions,
  facts: CpuHost['facts'],
  tell: CpuHost['tell'],
  askTorch: CpuHost['askTorch'],
) {
  const { run } = await cpuBenchmarks[name]();
  return run(options, { facts, tell, askTorch });
}

export type RunCpuBenchmark = typeof runCpuBenchmark;

expose(runCpuBenchmark);
