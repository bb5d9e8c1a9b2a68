import { startEngine } from '../../../src/engine/engines.ts';
import type { Open } from '../contestant.ts';
import { openTrainer, runnerOf } from './trainer.ts';
import { type BareStep, openBareStep } from './wasmCalls.ts';
import { repeatedCalls } from './wasmOperations.ts';
import { planTable } from './wasmPlan.ts';

/** Ours on the processor: the trainer that the app runs there, on so many threads. */
export const open: Open = async ({ threads }) => {
  await startEngine('wasm', ({ message }) => console.warn(message));
  // All operations are of one step.
  let stepOf: BareStep | undefined;
  return {
    facts: { threads },
    async step(work) {
      const { network, trainer } = await openTrainer(work, { threads });
      return runnerOf(work, network, trainer);
    },
    async operation(work, wanted) {
      stepOf ??= await openBareStep(work, threads);
      const run = repeatedCalls(stepOf, work, wanted);
      return run && { run, dispose() {} };
    },
    async plan(work, rounds) {
      const step = await openBareStep(work, threads);
      const result = planTable(step, work, rounds);
      step.team.dispose();
      return result;
    },
  };
};
