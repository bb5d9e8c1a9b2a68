import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProject } from '../scripts/lib/paths.mjs';
import { entrantOf } from './contestants/registry.mjs';
import { isInstalled } from './hosts/packages.mjs';
import { findPython } from './hosts/python.mjs';
import { Stage } from './hosts/stage.mjs';
import { openForStep, openHost } from './measures/contest.mjs';
import { growth } from './measures/growth.mjs';
import { race } from './measures/race.mjs';
import { stepText } from './measures/stepText.mjs';
import { agreementOf } from './stats/agreement.mjs';

/**
 * The benchmarks at their smallest size, for real: everybody who can take part here computes the same
 * from the same files. Nothing is said of times.
 */

const python = await findPython();
const noPython = python ? undefined : 'no Python here has PyTorch';
const noJax = (await isInstalled('jax'))
  ? undefined
  : 'jax-js is installed by the first benchmark of it';

/** @type {(() => unknown)[]} */
const lasts = [];
const stage = new Stage((last) => lasts.push(last));
const spec = {
  ...{ arch: /** @type {const} */ ('alexnet'), norm: /** @type {const} */ ('lrn') },
  ...{ width: 1 / 16, batch: 2, dropout: 0.5, seed: 1, data: /** @type {const} */ ('noise') },
};
/** A smaller network, where all that is asked takes many steps. */
const small = { ...spec, arch: /** @type {const} */ ('lenet5') };
/** @type {{ proof: import('./hosts/stage.mjs').StagedWork }} */
let works;
/** @type {readonly (number | undefined)[]} */
let reference;

const entrant = (/** @type {string} */ id) => {
  const found = entrantOf(id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
};
const lossesOf = async (/** @type {string} */ id, { proof } = works) => {
  const { host } = await openHost(stage, entrant(id), 2);
  const ask = async (/** @type {import('./page/protocol.ts').HostRequest} */ request) => {
    const { error, loss } = await host.ask(request);
    if (error !== undefined) throw new Error(`${id}: ${error}`);
    return loss;
  };
  await ask({ do: 'load', ...stage.filesFor(entrant(id).host, proof) });
  await ask({ do: 'step' });
  const losses = [await ask({ do: 'run', times: 1 }), await ask({ do: 'run', times: 1 })];
  await host.close();
  return losses;
};

beforeAll(async () => {
  works = { proof: await stage.work({ ...spec, isProof: true }) };
  reference = await lossesOf('tfjs-cpu');
}, 120_000);

afterAll(async () => {
  for (const last of lasts.reverse()) await last();
  expect(existsSync(inProject(`node_modules/.cache/workbench-bench-${process.pid}`))).toBe(false);
});

/** @param {readonly (number | undefined)[]} losses */
const agreementWith = (losses) =>
  agreementOf([
    { id: 'reference', losses: reference },
    { id: 'contestant', losses },
  ]);

describe('the first two losses', () => {
  it.each(['ours-wasm', 'ours-webgpu', 'tfjs-webgpu', 'tfjs-webgl'])(
    "of %s are those of TensorFlow.js's plain JavaScript",
    async (id) => {
      expect(agreementWith(await lossesOf(id)).contestants).toBe(2);
    },
  );

  it.for(['torch', 'torch-band', 'torch-best'])('of %s too', async (id, { skip }) => {
    if (noPython) skip(noPython);
    expect(agreementWith(await lossesOf(id)).contestants).toBe(2);
  });

  it('are of a PyTorch that multiplies matrices on as many threads as it was told', async ({
    skip,
  }) => {
    if (noPython) skip(noPython);
    // An OpenBLAS takes no more than there are cores.
    for (const threads of new Set([1, Math.min(2, availableParallelism())])) {
      const { host, facts } = await openHost(stage, entrant('torch'), threads);
      await host.close();
      expect(facts).toMatchObject({ threads });
      expect([threads, 'unknown']).toContain(facts['threads of its BLAS']);
    }
  });

  it.for(['jax-wasm', 'jax-webgpu'])('of %s too', async (id, { skip }) => {
    if (noJax) skip(noJax);
    expect(agreementWith(await lossesOf(id)).contestants).toBe(2);
  });

  it('are refused where a contestant leaves the normalisation out', async () => {
    const other = { proof: await stage.work({ ...spec, isProof: true, norm: 'none' }) };
    const losses = await lossesOf('ours-wasm', other);
    expect(() => agreementWith(losses)).toThrow(/do not compute the same/);
  });
});

describe('a race', () => {
  it('gives a table of everybody, with what was proved', async () => {
    const entrants = ['tfjs-cpu', 'ours-wasm'].map(entrant);
    const pace = { burstMs: 20, warmUpMs: 20 };
    const result = await race(stage, entrants, small, {
      rounds: 1,
      threads: 2,
      tell: () => {},
      pace,
    });
    expect(result.steps.map(({ id }) => id)).toEqual(['tfjs-cpu', 'ours-wasm']);
    expect(result.steps[1]?.shareOfPeak).toBeGreaterThan(0);
    expect(result.roundTripMs.page).toBeGreaterThan(0);
    for (const { roundsMs, cold, warm, memory } of result.steps) {
      expect(roundsMs).toHaveLength(1);
      for (const value of [roundsMs[0], cold.openMs, cold.firstStepMs, warm.openMs]) {
        expect(value).toBeGreaterThan(0);
      }
      if (process.platform === 'linux') expect(memory.processMB).toBeGreaterThan(30);
    }
    expect(result.probes.map(({ device }) => device)).toEqual([
      'wasm',
      'wasm',
      'wasm',
      'wasm',
      'fused',
    ]);
    const text = stepText(result, ['Without x: y.']);
    expect(text).toContain('all 2 were given the same weights');
    expect(text).toContain('Without x: y.');
  });
});

describe('what is read of images that are not trained on', () => {
  it.for(['ours-wasm', 'tfjs-cpu', 'torch-best', 'jax-wasm'])(
    'by %s is what it learned, and wrong where the label is',
    async (id, { skip }) => {
      const why = id.startsWith('torch') ? noPython : id.startsWith('jax') ? noJax : undefined;
      if (why) skip(why);
      const work = await stage.work({ ...small, batch: 4, dropout: 0, data: 'mnist' }, quarters());
      const { host } = await openForStep(stage, entrant(id), work, 1);
      await host.ask({ do: 'run', times: STEPS });
      expect(await host.ask({ do: 'validate' })).toEqual({ right: SEEN - 1 });
      await host.close();
    },
  );
});

describe('what the app costs where much is stored', () => {
  it('is measured on records that are made, with what it costs where little is', async () => {
    const growthSizes = {
      ...{ steps: 110, runs: 3, stepsOfRun: 300, shortRun: 5, longRun: 900, drawings: 4, sets: 2 },
    };
    const rest = { engine: /** @type {const} */ ('wasm'), only: [], seeds: [], steps: 1, pace: {} };
    const options = { ...rest, spec: small, widths: [], batches: [], threads: 1 };
    const { markdown, data } = await growth(stage, { ...options, rounds: 1, growthSizes });
    expect(markdown).toContain('and 3 of 300 steps');
    const { results } = /** @type {{ results: { what: string, small: number[] }[] }} */ (data);
    expect(results.map(({ what }) => what)).toEqual([
      ...['opening, until Train', 'keeping a drawing'],
      ...['beside stored runs: 110 steps', 'beside stored runs: longest gap between readings'],
      ...['beside stored runs: longest task of the page', 'going on: 110 steps'],
      ...['going on: longest gap between readings', 'going on: longest task of the page'],
    ]);
    for (const { what, small: values } of results) {
      expect(values, what).toHaveLength(1);
      if (!what.includes('longest task')) expect(values[0], what).toBeGreaterThan(0);
    }
  });
});

/** Enough to learn four images by heart. */
const STEPS = 40;
const SEEN = 4;

/** Four images, each of a class, white in a quarter of its own; then the same, of which one has a wrong label. */
function quarters() {
  const side = 28;
  const image = (/** @type {number} */ which) =>
    Array.from({ length: side * side }, (_, i) => {
      const quarter = 2 * Math.floor(i / side / 14) + Math.floor((i % side) / 14);
      return quarter === which ? 255 : 0;
    });
  const four = [0, 1, 2, 3].flatMap(image);
  return {
    pixels: Uint8Array.from([...four, ...four]),
    labels: Uint8Array.from([2, 5, 7, 8, 2, 5, 7, 0]),
    trained: SEEN,
  };
}
