import { afterEach, describe, expect, it } from 'vitest';
import { improvedRecipe, type Recipe, seedRecipe } from '../domain/recipe/recipe.ts';
import type { NamedTensor } from '../domain/runs/run.ts';
import { startEngine } from '../engine/engines.ts';
import { fingerprint } from '../util/fingerprint.ts';
import { stateAfter } from './testing/pinnedRun.ts';

/**
 * What training came to before its plan was written anew, and must come to after any change that is
 * none of its mathematics.
 */

const faults: Error[] = [];
afterEach(() => expect(faults).toEqual([]));
const start = (engine: 'wasm' | 'webgpu') => startEngine(engine, (fault) => faults.push(fault));

const small = (recipe: Recipe): Recipe => ({ ...recipe, width: 1 / 8 });

function hashOf(state: readonly NamedTensor[]): string {
  return fingerprint(
    JSON.stringify(
      state.map(({ name, values }) => [
        name,
        [...new Uint32Array(Float32Array.from(values).buffer)],
      ]),
    ),
  );
}

/** The root of the sum of all squares, which every number of a tensor moves. */
const lengthOf = ({ values }: NamedTensor): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

describe('50 steps on the processor, on however many threads', () => {
  it.each([
    ['seed', small(seedRecipe), '8337a749ffc128c9'],
    ['improved', small(improvedRecipe), 'fa688c4f243b1a75'],
    ['LeNet-5', { ...seedRecipe, architecture: 'lenet5' as const }, 'b81ebedbc17919b5'],
    [
      'batch normalisation',
      { ...seedRecipe, width: 1 / 16, normalization: 'batch' as const },
      '5b20b85907da2fee',
    ],
  ])('end with the same bits as ever: %s', async (_, recipe, hash) => {
    await start('wasm');
    expect(hashOf(await stateAfter(recipe, 50))).toBe(hash);
  });
});

describe('steps on the GPU', () => {
  it.each([
    [
      'seed',
      small(seedRecipe),
      {
        'conv1/kernel': 4.949881259305324,
        'conv2/kernel': 7.971599499038589,
        'conv3/kernel': 9.829769569073907,
        'conv4/kernel': 9.726551165704096,
        'conv5/kernel': 8.047479227611143,
        'fc6/kernel': 32.054155845658045,
        'fc7/kernel': 31.93231795552393,
        'fc8/kernel': 4.5073944534911865,
      },
    ],
    [
      'improved',
      small(improvedRecipe),
      {
        'conv1/kernel': 4.952568634722275,
        'conv2/kernel': 7.966467577687757,
        'conv3/kernel': 9.829681244376982,
        'conv4/kernel': 9.727313891034587,
        'conv5/kernel': 8.046873139753785,
        'fc6/kernel': 32.04252941116491,
        'fc7/kernel': 31.923376652187294,
        'fc8/kernel': 4.51344825809509,
      },
    ],
  ])('end with the weights of ever, but for rounding: %s', async (_, recipe, lengths) => {
    await start('webgpu');
    const state = await stateAfter({ ...recipe, batchSize: 20 }, 5);
    const found = Object.fromEntries(
      state.filter(({ name }) => /^(conv|fc).*kernel/.test(name)).map((t) => [t.name, lengthOf(t)]),
    );
    expect(Object.keys(found)).toEqual(Object.keys(lengths));
    for (const [name, length] of Object.entries<number>(lengths)) {
      expect(Math.abs((found[name] ?? 0) / length - 1), name).toBeLessThan(1e-6);
    }
  });
});
