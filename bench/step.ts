import { webgpuDevice } from '../src/engine/device.ts';
import { startEngine } from '../src/engine/engines.ts';
import { assert } from '../src/util/assert.ts';
import type { Contestant, Setup } from './lib/contestant.ts';
import { stepFlops } from './lib/flops.ts';
import { FmaMeter, type FmaPeak } from './lib/fmaPeak.ts';
import type { HostFacts, Run } from './lib/host.ts';
import { makeJaxStep } from './lib/jaxJs.ts';
import { describeMachine, type Machine } from './lib/machine.ts';
import { makeOursStep } from './lib/ours.ts';
import { makeSetup } from './lib/setup.ts';
import { type StepResult, stepResults, stepTable } from './lib/stepTable.ts';
import { makeStockStep } from './lib/stock.ts';
import { median, timeInTurns } from './lib/stopwatch.ts';

/** Times whole training steps of AlexNet: ours and those of our peers. */

export interface StepOptions {
  readonly width: number;
  readonly batch: number;
  readonly rounds: number;
  readonly only: readonly ContestantName[];
}

type ContestantName = 'ours' | 'stock' | 'jax';

const makers: Record<ContestantName, (setup: Setup, facts: HostFacts) => Promise<Contestant>> = {
  ours: makeOursStep,
  stock: makeStockStep,
  jax: (setup, { jaxVersion }) => makeJaxStep(setup, jaxVersion),
};

export const run: Run<StepOptions> = async (options, facts, tell) => {
  const { width, batch, rounds } = options;
  const { adapter } = await startEngine('webgpu', (problem) => tell(`GPU: ${problem.message}`));
  assert(adapter, 'the engine that started has an adapter');

  const setup = makeSetup({ width, batch });
  const contestants: Contestant[] = [];
  for (const name of options.only) contestants.push(await makers[name](setup, facts));
  const meter = await FmaMeter.create(webgpuDevice());
  const timings = await timeInTurns(contestants, rounds, tell, () => meter.measure());
  meter.dispose();
  const peak = typicalPeak(timings.flatMap(({ probes }) => probes.flat()));

  const flops = stepFlops(setup.architecture, batch);
  const results = stepResults(timings, { batch, flops });
  for (const contestant of contestants) contestant.dispose();

  const machine: Machine = { date: new Date().toISOString().slice(0, 10), adapter, facts, peak };
  return {
    markdown: describe(machine, options, flops, results),
    json: { benchmark: 'step', machine, width, batch, rounds, flops, results },
  };
};

function typicalPeak(peaks: readonly FmaPeak[]): FmaPeak {
  return {
    loopGflops: median(peaks.map(({ loopGflops }) => loopGflops)),
    straightGflops: median(peaks.map(({ straightGflops }) => straightGflops)),
  };
}

function describe(
  machine: Machine,
  { width, batch, rounds }: StepOptions,
  flops: number,
  results: readonly StepResult[],
): string {
  const what =
    `One training step (forward, backward, Adam) of AlexNet at width ${width}, batch ${batch}: ` +
    `${(flops / 1e9).toPrecision(3)} GFLOP. ${rounds === 1 ? 'One round' : `Medians of ${rounds} rounds`}, the contestants in turns.`;
  return [describeMachine(machine), what, stepTable(results)].join('\n\n');
}
