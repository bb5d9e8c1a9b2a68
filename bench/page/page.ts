import { type BenchmarkName, benchmarks } from '../lib/benchmarks.ts';
import type { HostFacts, Outcome } from '../lib/host.ts';

/** The page's side of lib/inPage.mjs, which calls this and prints what the console gets. */
export type RunBenchmark = (
  name: BenchmarkName,
  options: never,
  facts: HostFacts,
) => Promise<Outcome>;

const runBenchmark: RunBenchmark = async (name, options, facts) => {
  const { run } = await benchmarks[name]();
  return run(options, facts, console.info);
};

Object.assign(window, { runBenchmark });
