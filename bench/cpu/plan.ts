import { availableThreads } from '../../src/engine/wasm/threads/threadTeam.ts';
import type { PlannedCall } from '../../src/training/threaded/callPlan.ts';
import { at } from '../../src/util/assert.ts';
import { digits, table } from '../lib/markdown.ts';
import { makeSetup } from '../lib/setup.ts';
import { median } from '../lib/stopwatch.ts';
import { type BareStep, openBareStep } from './bareStep.ts';
import { type CpuRun, cpuMachine, describeCpu } from './host.ts';
import { productsOf } from './products.ts';

/** Prints our training step call by call, with what each takes all threads together. */
export const run: CpuRun = async ({ width, batch, rounds, ...options }, { facts, tell }) => {
  const threads = options.threads || availableThreads();
  const setup = makeSetup({ width, batch });
  const step = await openBareStep(setup, threads);
  tell('Timing every call ...');
  const { callsMs, wholeMs } = timeCalls(step, rounds);
  step.team.dispose();

  const flopsOf = productFlops(setup);
  const head = ['#', 'phase', 'layer', 'kernel', 'MFLOP', 'ms', 'GFLOP/s'];
  const rows = step.planned.map((call, i) => {
    const ms = at(callsMs, i);
    const flops = flopsOf(call);
    return [
      ...[i + 1, call.phase, call.layer, call.kernel],
      ...(flops === undefined ? ['–'] : [(flops / 1e6).toFixed(flops < 1e8 ? 2 : 0)]),
      ms.toFixed(2),
      flops === undefined ? '–' : digits(flops / ms / 1e6),
    ];
  });
  const totalMs = callsMs.reduce((sum, ms) => sum + ms, 0);
  const flops = step.planned.reduce((sum, call) => sum + (flopsOf(call) ?? 0), 0);
  const total = ['–', 'sum', '', '', (flops / 1e6).toFixed(0), totalMs.toFixed(2)];
  const machine = cpuMachine(facts, threads);
  const markdown = [
    describeCpu(machine),
    `The training step of AlexNet at width ${width}, batch ${batch}: ${rows.length} calls, ` +
      `${totalMs.toFixed(1)} ms call by call, ${wholeMs.toFixed(1)} ms as one list. Medians of ${rounds}.`,
    table(head, [...rows, [...total, digits(flops / totalMs / 1e6)]]),
  ].join('\n\n');
  const json = { benchmark: 'plan', engine: 'wasm', machine, width, batch, wholeMs, rows };
  return { markdown, json };
};

/** Medians, of the calls in the order of the step, so that each finds what it expects in memory. */
function timeCalls({ team, calls }: BareStep, rounds: number) {
  const lists = calls.map((call) => team.learn([call]));
  const whole = team.learn(calls);
  const time = (list: number) => {
    const start = performance.now();
    team.run(list);
    return performance.now() - start;
  };
  const wholeMs: number[] = [];
  const callsMs = calls.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    const warm = round > 0;
    for (const [i, list] of lists.entries()) {
      const ms = time(list);
      if (warm) at(callsMs, i).push(ms);
    }
    const ms = time(whole);
    if (warm) wholeMs.push(ms);
  }
  return { callsMs: callsMs.map(median), wholeMs: median(wholeMs) };
}

const productKernels = ['conv2d', 'conv2dFilterGradient', 'conv2dInputGradient', 'matMul'];

/** The FLOPs of calls that are products; all products of a layer have as many. */
function productFlops({ architecture, recipe }: ReturnType<typeof makeSetup>) {
  const flops = new Map(
    productsOf(architecture, recipe.batchSize).map((p) => [p.layer.name, p.flops]),
  );
  return ({ kernel, layer }: PlannedCall) =>
    productKernels.includes(kernel) ? flops.get(layer) : undefined;
}
