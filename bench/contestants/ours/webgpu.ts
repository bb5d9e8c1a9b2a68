import { webgpuDevice, webgpuTraits } from '../../../src/engine/device.ts';
import { startEngine } from '../../../src/engine/engines.ts';
import { CompiledTrainer } from '../../../src/training/compiled/compiledTrainer.ts';
import { assert } from '../../../src/util/assert.ts';
import type { Work } from '../../work/work.ts';
import type { Open } from '../contestant.ts';
import { openTrainer, runnerOf } from './trainer.ts';
import { dispatchesOf, repeating } from './webgpuOperations.ts';
import { planTable } from './webgpuPlan.ts';

/**
 * Ours on WebGPU, as the app trains: on hardware the kernels are measured first and the fastest taken, on
 * a software adapter the likeliest are. With the setting `schedule: hardware` it gets the schedules of a
 * GPU of hardware, whatever the adapter is: those with workgroup memory.
 */
export const open: Open = async ({ settings }) => {
  const faults: string[] = [];
  const { adapter } = await startEngine('webgpu', ({ message }) => faults.push(message));
  assert(adapter, 'the engine that started has an adapter');
  const isForced = settings.schedule === 'hardware';
  // Read when a step is planned; there is no other way to plan for another device than one has.
  if (isForced) Object.assign(webgpuTraits(), { software: false });
  const tune = !adapter.software;
  const make = async (work: Work) => {
    const { network, trainer } = await openTrainer(work, { tune });
    assert(trainer instanceof CompiledTrainer, 'the webgpu engine has a compiled step');
    return { network, trainer };
  };
  // All operations are of one step, which is compiled once.
  let stepOf: Awaited<ReturnType<typeof make>> | undefined;
  return {
    facts: { schedules: isForced ? "a GPU's" : tune ? 'measured' : "the software adapter's" },
    async step(work) {
      const { network, trainer } = await make(work);
      const runner = runnerOf(work, network, trainer);
      return {
        ...runner,
        async run(times) {
          const loss = await runner.run(times);
          assert(faults.length === 0, `the device told of ${faults[0]}`);
          return loss;
        },
        facts: {
          'dispatches a step': trainer.compiled.dispatches.length,
          'MB of buffers': Math.round(trainer.compiled.ownedBytes / 1e5) / 10,
        },
      };
    },
    async operation(work, wanted) {
      stepOf ??= await make(work);
      // What it reads must be what a step has made: sums of denormal numbers may take longer.
      if (stepOf.trainer.step === 0) {
        await runnerOf(work, stepOf.network, stepOf.trainer).run(1);
      }
      const dispatches = dispatchesOf(stepOf.trainer.compiled, work, wanted);
      return dispatches && { run: repeating(webgpuDevice(), dispatches), dispose() {} };
    },
    async plan(work, rounds) {
      const { network, trainer } = await make(work);
      const { run, dispose } = runnerOf(work, network, trainer);
      await run(1);
      const result = await planTable(trainer.compiled, work, rounds);
      dispose();
      return result;
    },
  };
};
