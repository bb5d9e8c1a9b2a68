import { at } from '../../../src/util/assert.ts';
import { digits } from '../../stats/markdown.mjs';
import { median } from '../../stats/spread.mjs';
import type { Work } from '../../work/work.ts';
import type { StepPlanTable } from '../contestant.ts';
import type { BareStep } from './wasmCalls.ts';

/** Our step, call by call, with what each takes all threads together. */
export function planTable(step: BareStep, { manifest }: Work, rounds: number): StepPlanTable {
  const { callsMs, wholeMs } = timeCalls(step, rounds);
  const flops = new Map(manifest.operations.map(({ name, flops }) => [name, flops.inside]));
  const flopsOf = ({ kernel, layer }: BareStep['planned'][number]) =>
    productKernels.includes(kernel) ? flops.get(layer) : undefined;
  const rows = step.planned.map((call, i) => {
    const ms = at(callsMs, i);
    const work = flopsOf(call);
    return [
      ...[i + 1, call.phase, call.layer, call.kernel],
      work === undefined ? '–' : (work / 1e6).toFixed(work < 1e8 ? 2 : 0),
      ms.toFixed(2),
      work === undefined ? '–' : digits(work / ms / 1e6),
    ];
  });
  const sumMs = callsMs.reduce((sum, ms) => sum + ms, 0);
  return {
    head: ['#', 'phase', 'layer', 'kernel', 'MFLOP', 'ms', 'GFLOP/s'],
    rows,
    summary: `${rows.length} calls, ${sumMs.toFixed(1)} ms call by call, ${wholeMs.toFixed(1)} ms as one list.`,
  };
}

const productKernels: readonly string[] = [
  'conv2d',
  'conv2dFilterGradient',
  'conv2dInputGradient',
  'matMul',
];

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
