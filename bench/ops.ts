import { webgpuDevice } from '../src/engine/device.ts';
import { startEngine } from '../src/engine/engines.ts';
import { tf } from '../src/engine/tf.ts';
import type { CompiledStep } from '../src/training/compiled/compiledStep.ts';
import type { PlanNode } from '../src/training/compiled/planBuilder.ts';
import { assert } from '../src/util/assert.ts';
import { measureFmaPeak } from './lib/fmaPeak.ts';
import type { Run } from './lib/host.ts';
import { describeMachine } from './lib/machine.ts';
import { table } from './lib/markdown.ts';
import { makeOurs } from './lib/ours.ts';
import { makeSetup } from './lib/setup.ts';
import { withStockKernels } from './lib/stockKernels.ts';
import { stockOps } from './lib/stockOps.ts';
import { median } from './lib/stopwatch.ts';
import { timeDispatches } from './lib/timeDispatches.ts';
import type { StepOptions } from './step.ts';

/**
 * The operations of a step one by one: our dispatches against what stock tfjs runs for the same
 * mathematics on the same shapes. Ours have bias, ReLU and masks folded in, which stock runs as
 * kernels of their own that are not counted here.
 */
export const run: Run<StepOptions> = async ({ width, batch, rounds }, facts, tell) => {
  const { adapter } = await startEngine('webgpu', (problem) => tell(`GPU: ${problem.message}`));
  assert(adapter, 'the engine that started has an adapter');
  const peak = await measureFmaPeak(webgpuDevice());
  const setup = makeSetup({ width, batch });
  const { trainer, dispose } = await makeOurs(setup);
  trainer.trainStep(setup.indices(0), setup.recipe.learningRate);
  await trainer.readMetrics();
  const oursMs = await timeNodes(trainer.compiled, rounds);
  dispose();

  const rows = [];
  for (const { layer, op, compute, dispose: drop } of stockOps(setup.architecture, batch)) {
    const node = [...oursMs.keys()].find((n) => n.layer === layer && matches(n, op));
    assert(node, `the plan has ${op} of ${layer}`);
    tell(`${layer} ${op} ...`);
    const stockMs = await timeStock(compute, rounds);
    drop();
    const ms = oursMs.get(node) ?? Number.NaN;
    const { flops } = node.operation;
    rows.push([
      ...[layer, op, (flops / 1e6).toFixed(1), ms.toFixed(2), stockMs.toFixed(2)],
      ...[(stockMs / ms).toFixed(1), (flops / ms / 1e6).toFixed(2)],
      `${((100 * flops) / ms / 1e6 / peak.loopGflops).toFixed(0)} %`,
    ]);
  }
  const machine = { date: new Date().toISOString().slice(0, 10), adapter, facts, peak };
  const head = ['layer', 'operation', 'MFLOP', 'ours ms', 'stock ms', 'stock / ours', 'GFLOP/s'];
  const markdown = [
    describeMachine(machine),
    `Operations of AlexNet at width ${width}, batch ${batch}; medians of ${rounds}.`,
    table([...head, 'of loop peak'], rows),
  ].join('\n\n');
  return { markdown, json: { benchmark: 'ops', machine, width, batch, rows } };
};

/** A dense layer's three products are one operation; what they read tells them apart. */
function matches({ operation, phase, buffers }: PlanNode, op: string): boolean {
  switch (op) {
    case 'matMul':
      return operation.op === 'matMul' && phase === 'forward';
    case 'matMul, input gradient':
      return operation.op === 'matMul' && phase === 'backward' && buffers.b?.includes('/') === true;
    case 'matMul, weight gradient':
      return (
        operation.op === 'matMul' && phase === 'backward' && buffers.b?.includes('/') === false
      );
    default:
      return operation.op === op;
  }
}

async function timeNodes(step: CompiledStep, rounds: number): Promise<Map<PlanNode, number>> {
  const byNode = new Map<PlanNode, number>();
  for (const { dispatch, ms } of await timeDispatches(step, rounds)) {
    byNode.set(dispatch.node, (byNode.get(dispatch.node) ?? 0) + ms);
  }
  return byNode;
}

async function timeStock(compute: () => tf.Tensor, rounds: number): Promise<number> {
  const once = async () => {
    const start = performance.now();
    const output = withStockKernels(compute);
    // One element read back waits for all that came before it.
    const element = tf.tidy(() => tf.slice(tf.reshape(output, [-1]), 0, 1));
    await element.data();
    const ms = performance.now() - start;
    tf.dispose([output, element]);
    return ms;
  };
  await once();
  const times = [];
  for (let round = 0; round < rounds; round++) times.push(await once());
  return median(times);
}
