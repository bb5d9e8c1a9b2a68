/** What can be measured of the CPU engine, by the name that the command line gives it. */
export const cpuBenchmarks = {
  step: () => import('./step.ts'),
  ops: () => import('./ops.ts'),
  plan: () => import('./plan.ts'),
};
