import { availableThreads } from '../../src/engine/wasm/threads/threadTeam.ts';
import { at } from '../../src/util/assert.ts';
import { openJax } from '../lib/jaxDevice.ts';
import { digits, table } from '../lib/markdown.ts';
import { makeSetup } from '../lib/setup.ts';
import { timeInTurns } from '../lib/stopwatch.ts';
import { openBareStep } from './bareStep.ts';
import { type CpuRun, cpuMachine, describeCpu, openTorch } from './host.ts';
import { makeJaxProduct } from './jaxProducts.ts';
import { makeOursProduct } from './oursProducts.ts';
import { productsOf } from './products.ts';
import { makeTorchProduct } from './torch.ts';

/** A step of the stopwatch does a product so often that it makes this many FLOPs. */
const FLOPS_OF_STEP = 5e8;
/** jax-js takes a hundred times as long for convolutions. */
const FLOPS_OF_JAX_STEP = 1e7;
const MOST_REPEATS = 200;

const repeatsFor = (flops: number, flopsOfStep: number) =>
  Math.min(MOST_REPEATS, Math.ceil(flopsOfStep / flops));

/** The products of a step one by one: ours, PyTorch's and jax-js's. */
export const run: CpuRun = async (options, host) => {
  const { width, batch, rounds, only } = options;
  const { facts, tell, askTorch } = host;
  const threads = options.threads || availableThreads();
  const setup = makeSetup({ width, batch });
  const step = await openBareStep(setup, threads);
  const torch = await openTorch(options, host, threads);
  if (only.includes('jax')) await openJax({ device: 'wasm', threads });

  const rows = [];
  for (const product of productsOf(setup.architecture, batch)) {
    const { layer, which, flops } = product;
    const repeats = repeatsFor(flops, FLOPS_OF_STEP);
    const runs = [{ contestant: makeOursProduct(step, product, repeats), repeats }];
    if (torch?.version) {
      runs.push({ contestant: await makeTorchProduct(product, askTorch, repeats), repeats });
    }
    if (only.includes('jax')) {
      const fewer = repeatsFor(flops, FLOPS_OF_JAX_STEP);
      runs.push({ contestant: makeJaxProduct(product, fewer), repeats: fewer });
    }
    const contestants = runs.map(({ contestant }) => contestant);
    const timings = await timeInTurns(contestants, rounds, () => {});
    for (const contestant of contestants) contestant.dispose();
    const ms = new Map(
      timings.map(({ contestant, stepMs }, i) => [contestant.name, stepMs / at(runs, i).repeats]),
    );
    const oursMs = ms.get('ours') ?? Number.NaN;
    const peers = ['PyTorch', 'jax-js'].map((name) => ms.get(name));
    tell(
      `${layer.name}, ${which}: ${[...ms].map(([name, time]) => `${name} ${digits(time)} ms`).join(', ')}`,
    );
    rows.push([
      ...[layer.name, which, (flops / 1e6).toFixed(flops < 1e7 ? 2 : 0), digits(oursMs)],
      ...peers.map((peerMs) => (peerMs === undefined ? '–' : digits(peerMs))),
      digits(flops / oursMs / 1e6),
      ...peers.map((peerMs) => (peerMs === undefined ? '–' : digits(peerMs / oursMs))),
    ]);
  }
  step.team.dispose();

  const machine = cpuMachine(facts, threads);
  const head = ['layer', 'product', 'MFLOP', 'ours ms', 'PyTorch ms', 'jax-js ms', 'our GFLOP/s'];
  const markdown = [
    describeCpu(machine),
    `Products of AlexNet at width ${width}, batch ${batch}; medians of ${rounds}. Ours forward has ` +
      "bias and ReLU in it, PyTorch's the bias, that of jax-js neither.",
    table([...head, 'PyTorch / ours', 'jax-js / ours'], rows),
    ...(torch?.missing ? [`Without PyTorch: ${torch.missing}.`] : []),
  ].join('\n\n');
  return { markdown, json: { benchmark: 'ops', engine: 'wasm', machine, width, batch, rows } };
};
