import { webgpuDevice } from '../../src/engine/device.ts';
import { Stopwatch } from '../../src/engine/webgpu/stopwatch.ts';
import type { CompiledStep, Dispatch } from '../../src/training/compiled/compiledStep.ts';
import { median } from './stopwatch.ts';

/** Each dispatch of a compiled step alone, in milliseconds: the median of a few runs after one. */
export async function timeDispatches(
  { dispatches }: CompiledStep,
  rounds: number,
): Promise<{ dispatch: Dispatch; ms: number }[]> {
  const stopwatch = new Stopwatch(webgpuDevice());
  const timed = [];
  for (const dispatch of dispatches) {
    const run = () =>
      stopwatch.time((pass) => {
        pass.setPipeline(dispatch.pipeline);
        pass.setBindGroup(0, dispatch.bindGroup);
        pass.dispatchWorkgroups(...dispatch.shader.workgroups);
      });
    await run();
    const times = [];
    for (let round = 0; round < rounds; round++) times.push(await run());
    timed.push({ dispatch, ms: median(times) });
  }
  stopwatch.dispose();
  return timed;
}
