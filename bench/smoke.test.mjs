import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProject } from '../scripts/lib/paths.mjs';
import { entrantOf } from './contestants/registry.mjs';
import { isInstalled } from './hosts/packages.mjs';
import { findPython } from './hosts/python.mjs';
import { Stage } from './hosts/stage.mjs';
import { openForStep, openHost, startAndProve } from './measures/contest.mjs';
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
/** @type {{ timed: import('./hosts/stage.mjs').StagedWork, proof: import('./hosts/stage.mjs').StagedWork }} */
let works;
/** @type {readonly (number | undefined)[]} */
let reference;

const entrant = (/** @type {string} */ id) => {
  const found = entrantOf(id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
};
const lossesOf = async (/** @type {string} */ id, of = works) => {
  const { losses } = await startAndProve(stage, [entrant(id)], of, 2);
  return losses[0]?.losses ?? [];
};

beforeAll(async () => {
  works = { timed: await stage.work(spec), proof: await stage.work({ ...spec, dropout: 0 }) };
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
  it.each(['ours-wasm', 'ours-webgpu', 'tape', 'tfjs-webgpu', 'tfjs-webgl'])(
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
    for (const threads of [1, 2]) {
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
    const other = { ...works, proof: await stage.work({ ...spec, dropout: 0, norm: 'none' }) };
    const losses = await lossesOf('ours-wasm', other);
    expect(() => agreementWith(losses)).toThrow(/do not compute the same/);
  });
});

describe('a race', () => {
  it('gives a table of everybody, with what was proved', async () => {
    const entrants = ['tfjs-cpu', 'ours-wasm'].map(entrant);
    const pace = { burstMs: 20, warmUpMs: 20 };
    const result = await race(stage, entrants, spec, {
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

  it('lets a contestant read images that it is not trained on', async () => {
    const shape = 28 * 28;
    const pixels = new Uint8Array(12 * shape).map((_, i) => i % 251);
    const labels = Uint8Array.from({ length: 12 }, (_, i) => i % 10);
    const given = { pixels, labels, trained: 8 };
    const work = await stage.work({ ...spec, data: 'mnist' }, given);
    for (const id of ['ours-wasm', 'tfjs-cpu', ...(python ? ['torch-best'] : [])]) {
      const { host } = await openForStep(stage, entrant(id), work, 1);
      const { right, error } = await host.ask({ do: 'validate' });
      expect(error).toBeUndefined();
      expect(right).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(4);
      await host.close();
    }
  });
});
