/** Everything that can be measured, by the name that the command line gives it. */
export const benchmarks = {
  step: () => import('../step.ts'),
};

export type BenchmarkName = keyof typeof benchmarks;
