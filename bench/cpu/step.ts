import { startEngine } from '../../src/engine/engines.ts';
import { availableThreads } from '../../src/engine/wasm/threads/threadTeam.ts';
import type { Contestant } from '../lib/contestant.ts';
import { stepFlops } from '../lib/flops.ts';
import { makeJaxStep } from '../lib/jaxJs.ts';
import { makeSetup } from '../lib/setup.ts';
import { timeInTurns } from '../lib/stopwatch.ts';
import { type CpuRun, cpuMachine, describeCpu, openTorch } from './host.ts';
import { makeOursStep, makeTapeStep } from './ours.ts';
import { cpuStepResults, cpuStepTable } from './stepTable.ts';
import { makeTorchStep } from './torch.ts';

/** Times whole training steps of AlexNet on the processor: ours and those of our peers. */
export const run: CpuRun = async (options, host) => {
  const { width, batch, rounds, only } = options;
  const { facts, tell, askTorch } = host;
  const threads = options.threads || availableThreads();
  await startEngine('wasm', (problem) => tell(problem.message));

  const setup = makeSetup({ width, batch });
  const torch = await openTorch(options, host, threads);
  const makers = {
    ours: () => makeOursStep(setup, threads),
    jax: () => makeJaxStep(setup, facts.jaxVersion, { device: 'wasm', threads }),
    torch: () => (torch?.version ? makeTorchStep(setup, askTorch, torch) : undefined),
    tape: () => makeTapeStep(setup),
  };
  const contestants: Contestant[] = [];
  for (const name of only) {
    const contestant = await makers[name]();
    if (contestant) contestants.push(contestant);
  }
  const timings = await timeInTurns(contestants, rounds, tell);
  const flops = stepFlops(setup.architecture, batch);
  const results = cpuStepResults(timings, { batch, flops });
  for (const contestant of contestants) contestant.dispose();

  const machine = cpuMachine(facts, threads);
  const what =
    `One training step (forward, backward, Adam) of AlexNet at width ${width}, batch ${batch}: ` +
    `${(flops / 1e9).toPrecision(3)} GFLOP. ` +
    `${rounds === 1 ? 'One round' : `Medians of ${rounds} rounds`}, the contestants in turns.`;
  const absent = torch?.missing ? [`Without PyTorch: ${torch.missing}.`] : [];
  const markdown = [describeCpu(machine), what, cpuStepTable(results), ...absent].join('\n\n');
  const json = { benchmark: 'step', engine: 'wasm', machine, width, batch, rounds, flops, results };
  return { markdown, json };
};
