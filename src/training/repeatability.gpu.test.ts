import { describe, expect, it } from 'vitest';
import { BatchOrder } from '../domain/recipe/batches.ts';
import type { Recipe } from '../domain/recipe/recipe.ts';
import { startEngine } from '../engine/engines.ts';
import { faultTimes } from '../util/testing/faults.ts';
import { makeTrainer } from './makeTrainer.ts';
import { tinyImages, tinyNetwork, tinyRecipe, tinyScaling } from './testing/tinyRun.ts';

/** A run is a function of its recipe, on each engine that trains: interrupted or not, to the bit. */

const STEPS = faultTimes(200, 30);
const images = tinyImages(57);
const order = (seed: number) =>
  new BatchOrder(
    Uint32Array.from({ length: images.count }, (_, i) => i),
    tinyRecipe.batchSize,
    seed,
  );

describe.each(['wasm', 'webgpu'] as const)(`${STEPS} steps on %s`, (engine) => {
  const recipeOf = (seed: number): Recipe => ({ ...tinyRecipe, steps: STEPS, seed });

  async function trainerOf(recipe: Recipe) {
    await startEngine(engine, (fault) => {
      throw fault;
    });
    const network = tinyNetwork(images, recipe);
    const trainer = await makeTrainer(network, images, tinyScaling, recipe, { threads: 2 });
    const weights = await network.exportWeights();
    const dispose = () => {
      trainer.dispose();
      network.dispose();
    };
    return { trainer, weights, dispose };
  }

  /** The losses of a run that goes on from its exported state, in a new trainer, at these steps. */
  async function lossesOf(seed: number, interruptions: readonly number[] = []): Promise<number[]> {
    const recipe = recipeOf(seed);
    const batches = order(seed);
    const losses: number[] = [];
    let state: Awaited<ReturnType<typeof trainerOf>>['weights'] | undefined;
    let done = 0;
    for (const until of [...interruptions, STEPS]) {
      const { trainer, weights, dispose } = await trainerOf(recipe);
      trainer.importState(state ?? weights, done);
      while (done < until) trainer.trainStep(batches.batch(done++), recipe.learningRate);
      losses.push(...(await trainer.readMetrics()).map(({ loss }) => loss));
      state = await trainer.exportState();
      dispose();
    }
    return losses;
  }

  it('give the same losses for the same seed, 0 included, interrupted or not', async ({ task }) => {
    const first = await lossesOf(0);
    expect(first).toHaveLength(STEPS);
    expect(first.every(Number.isFinite)).toBe(true);
    expect(await lossesOf(0)).toEqual(first);
    expect(await lossesOf(0, [1, 17, STEPS - 9])).toEqual(first);
    expect(await lossesOf(1)).not.toEqual(first);
    const words = `the same seed on ${engine}, interrupted three times and not`;
    task.meta.fault = { case: 26, words, injected: 3, survived: 3 };
  });

  it('drop other units at every step', async ({ task }) => {
    const { trainer, dispose } = await trainerOf(recipeOf(0));
    // At a rate of 0 the same images have the same loss, but for what is dropped.
    for (let step = 0; step < 3; step++) trainer.trainStep(order(0).batch(0), 0);
    const losses = (await trainer.readMetrics()).map(({ loss }) => loss);
    dispose();
    expect(losses).toHaveLength(3);
    expect(new Set(losses).size).toBe(3);
    const words = `dropout masks on ${engine}`;
    task.meta.fault = { case: 26, words, injected: 1, survived: 1 };
  });
});
