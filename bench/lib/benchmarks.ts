/** Everything that can be measured, by the name that the command line gives it. */
export const benchmarks = {
  step: () => import('../step.ts'),
  ops: () => import('../ops.ts'),
  plan: () => import('../plan.ts'),
};

export type BenchmarkName = keyof typeof benchmarks;
