import { webgpuDevice } from '../src/engine/device.ts';
import { startEngine } from '../src/engine/engines.ts';
import type { Dispatch } from '../src/training/compiled/compiledStep.ts';
import { assert } from '../src/util/assert.ts';
import { measureFmaPeak } from './lib/fmaPeak.ts';
import type { Run } from './lib/host.ts';
import { describeMachine } from './lib/machine.ts';
import { table } from './lib/markdown.ts';
import { makeOurs } from './lib/ours.ts';
import { makeSetup } from './lib/setup.ts';
import { timeDispatches } from './lib/timeDispatches.ts';
import type { StepOptions } from './step.ts';

/**
 * Prints the compiled training step, dispatch by dispatch, with what each one takes: what a training
 * step consists of.
 */
export const run: Run<StepOptions> = async ({ width, batch, rounds }, facts, tell) => {
  const { adapter } = await startEngine('webgpu', (problem) => tell(`GPU: ${problem.message}`));
  assert(adapter, 'the engine that started has an adapter');
  const peak = await measureFmaPeak(webgpuDevice());
  const setup = makeSetup({ width, batch });
  tell('Compiling the step ...');
  const { trainer, dispose } = await makeOurs(setup);
  trainer.trainStep(setup.indices(0), setup.recipe.learningRate);
  await trainer.readMetrics();
  tell('Timing every dispatch ...');
  const timed = await timeDispatches(trainer.compiled, rounds);
  const bufferMegabytes = trainer.compiled.ownedBytes / 1e6;
  dispose();

  const machine = { date: new Date().toISOString().slice(0, 10), adapter, facts, peak };
  const totalMs = timed.reduce((sum, { ms }) => sum + ms, 0);
  const head = ['#', 'phase', 'layer', 'operation', 'shape', 'shader', 'workgroups'];
  const rows = timed.map(({ dispatch, ms }, index) => [
    index + 1,
    ...describeDispatch(dispatch, ms, timed[index - 1]?.dispatch.node === dispatch.node),
  ]);
  const markdown = [
    describeMachine(machine),
    `The training step of AlexNet at width ${width}, batch ${batch}: ${timed.length} dispatches, ` +
      `${totalMs.toFixed(1)} ms one by one, ${bufferMegabytes.toFixed(1)} MB of buffers beside the weights.`,
    table([...head, 'MFLOP', 'MB', 'ms', 'GFLOP/s'], rows),
  ].join('\n\n');
  return { markdown, json: { benchmark: 'plan', machine, width, batch, rows } };
};

/** An operation of several shaders counts its work at the first of them. */
function describeDispatch({ node, shader }: Dispatch, ms: number, continued: boolean) {
  const { op, shape, flops, bytes } = node.operation;
  return [
    ...[node.phase, node.layer, op, shape, shader.label, shader.workgroups.join('x')],
    ...(continued
      ? ['–', '–']
      : [(flops / 1e6).toFixed(flops < 1e8 ? 2 : 0), (bytes / 1e6).toFixed(2)]),
    ms.toFixed(ms < 10 ? 2 : 1),
    continued ? '–' : (flops / ms / 1e6).toFixed(2),
  ];
}
