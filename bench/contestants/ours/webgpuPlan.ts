import { webgpuDevice } from '../../../src/engine/device.ts';
import type { CompiledStep, Dispatch } from '../../../src/training/compiled/compiledStep.ts';
import { at } from '../../../src/util/assert.ts';
import { median } from '../../stats/spread.mjs';
import type { Work } from '../../work/work.ts';
import type { StepPlanTable } from '../contestant.ts';
import { repeating } from './webgpuOperations.ts';

/** A dispatch is repeated for about so long. */
const BURST_MS = 20;
const MOST_REPEATS = 200;
/** Encodings of the step until its JavaScript is as warm as in a run of hundreds of steps. */
const ENCODINGS = 300;

/** Our step, dispatch by dispatch, each repeated in a burst. */
export async function planTable(
  step: CompiledStep,
  { manifest }: Work,
  rounds: number,
): Promise<StepPlanTable> {
  const sharesInside = new Map(
    manifest.operations.map(({ name, flops }) => [name, flops.inside / flops.padded]),
  );
  const timesMs: number[] = [];
  for (const dispatch of step.dispatches) timesMs.push(await timeOf(dispatch, rounds));
  const scriptMs = encodingMs(step);
  const rows = step.dispatches.map((dispatch, i) => {
    const continued = step.dispatches[i - 1]?.node === dispatch.node;
    return [i + 1, ...describe(dispatch, at(timesMs, i), continued, sharesInside)];
  });
  const sumMs = timesMs.reduce((sum, ms) => sum + ms, 0);
  return {
    head: [
      '#',
      'phase',
      'layer',
      'operation',
      'shape',
      'shader',
      'workgroups',
      'MFLOP',
      'MB',
      'ms',
      'GFLOP/s',
    ],
    rows,
    summary:
      `${rows.length} dispatches, ${sumMs.toFixed(1)} ms one by one; ` +
      `${(step.ownedBytes / 1e6).toFixed(1)} MB of buffers beside the weights; ` +
      `${scriptMs.toFixed(2)} ms of JavaScript to encode a step, once that is warm.`,
  };
}

async function timeOf(dispatch: Dispatch, rounds: number): Promise<number> {
  const run = repeating(webgpuDevice(), [dispatch]);
  const time = async (times: number) => {
    const start = performance.now();
    await run(times);
    return (performance.now() - start) / times;
  };
  await time(1);
  const repeats = Math.max(1, Math.min(MOST_REPEATS, Math.round(BURST_MS / (await time(1)))));
  const times = [];
  for (let round = 0; round < rounds; round++) times.push(await time(repeats));
  return median(times);
}

function encodingMs(step: CompiledStep): number {
  const times = [];
  for (let i = 0; i < ENCODINGS; i++) {
    const start = performance.now();
    step.encode();
    times.push(performance.now() - start);
  }
  return median(times.slice(ENCODINGS / 2));
}

/** An operation of several shaders counts its work at the first of them. */
function describe(
  { node, shader }: Dispatch,
  ms: number,
  continued: boolean,
  sharesInside: ReadonlyMap<string, number>,
) {
  const { op, shape, bytes } = node.operation;
  // An operation knows nothing of what of its input is padding.
  const share = op.startsWith('conv2d') ? (sharesInside.get(node.layer) ?? 1) : 1;
  const flops = share * node.operation.flops;
  return [
    ...[node.phase, node.layer, op, shape, shader.label, shader.workgroups.join('x')],
    ...(continued
      ? ['–', '–']
      : [(flops / 1e6).toFixed(flops < 1e8 ? 2 : 0), (bytes / 1e6).toFixed(2)]),
    ms.toFixed(ms < 10 ? 2 : 1),
    continued ? '–' : (flops / ms / 1e6).toFixed(2),
  ];
}
