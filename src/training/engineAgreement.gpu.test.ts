import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Architecture } from '../domain/architecture/architecture.ts';
import { isTrainable, sizeOf, weightSpecs } from '../domain/architecture/shapes.ts';
import type { EngineName } from '../domain/machine/engineReport.ts';
import { BatchOrder } from '../domain/recipe/batches.ts';
import type { Recipe } from '../domain/recipe/recipe.ts';
import type { NamedTensor } from '../domain/runs/run.ts';
import { startEngine } from '../engine/engines.ts';
import { assert, at } from '../util/assert.ts';
import { CompiledTrainer } from './compiled/compiledTrainer.ts';
import { initialWeights } from './initialWeights.ts';
import { TapeTrainer } from './tape/tapeTrainer.ts';
import { tinyImages, tinyNetwork, tinyRecipe, tinyScaling } from './testing/tinyRun.ts';
import { ThreadedTrainer } from './threaded/threadedTrainer.ts';
import type { Trainer } from './trainer.ts';

/**
 * What holds of the loss whatever computes it: each engine's trainer does one step from weights that
 * the test has changed.
 */

const images = tinyImages(12);
const order = new BatchOrder(
  Uint32Array.from({ length: 12 }, (_, i) => i),
  6,
  3,
);
const recipes = {
  AlexNet: tinyRecipe,
  'LeNet-5': { ...tinyRecipe, architecture: 'lenet5' },
  'batch normalisation': { ...tinyRecipe, normalization: 'batch' },
} as const;
const faults: Error[] = [];
const opened: Trainer[] = [];
afterEach(() => expect(faults).toEqual([]));
afterAll(() => {
  for (const trainer of opened) trainer.dispose();
});

const engines: Readonly<
  Record<string, { engine: EngineName; begin: (a: Architecture, r: Recipe) => Promise<Trainer> }>
> = {
  'the tape on cpu': {
    engine: 'cpu',
    begin: async (architecture, recipe) =>
      new TapeTrainer(architecture, images, tinyScaling, recipe),
  },
  wasm: {
    engine: 'wasm',
    begin: (architecture, recipe) =>
      ThreadedTrainer.create(architecture, images, tinyScaling, recipe, 2),
  },
  webgpu: {
    engine: 'webgpu',
    begin: (architecture, recipe) =>
      CompiledTrainer.create(architecture, images, tinyScaling, recipe),
  },
};

/** Any place of any tensor that is trained. */
const places = fc.record({ tensor: fc.nat(), place: fc.nat() });

describe.each(Object.entries(engines))('the loss by %s', (name, { engine, begin }) => {
  beforeAll(() => startEngine(engine, (problem) => faults.push(problem)));

  describe.each(Object.entries(recipes))('of %s', (_, recipe) => {
    /** Loss and the next loss of runs that begin with the weights as `change` leaves them. */
    async function lossesFrom(changes: readonly ((weights: readonly NamedTensor[]) => void)[]) {
      const { architecture } = tinyNetwork(images, recipe);
      const trainer = await begin(architecture, recipe);
      opened.push(trainer);
      const losses: number[] = [];
      for (const change of changes) {
        const weights = initialWeights(architecture, recipe.initializer, recipe.seed);
        change(weights);
        trainer.importState(weights, 0);
        trainer.trainStep(order.batch(0), 0);
        const [point] = await trainer.readMetrics();
        assert(point, 'a step was done');
        losses.push(point.loss);
      }
      return losses;
    }

    const specs = () =>
      weightSpecs(tinyNetwork(images, recipe).architecture).map((spec, index) => ({
        ...spec,
        index,
      }));

    it('is no number when any weight of any layer is none', async () => {
      const trained = specs().filter(isTrainable);
      // Each tensor once, and more anywhere.
      const chosen = [
        ...trained.map((_, tensor) => ({ tensor, place: 7 * tensor + 3 })),
        ...fc.sample(places, { numRuns: name.includes('cpu') ? 2 : 10, seed: 1 }),
      ];
      const losses = await lossesFrom(
        chosen.map(({ tensor, place }) => (weights) => {
          const { index, shape } = at(trained, tensor % trained.length);
          at(weights, index).values[place % sizeOf(shape)] = Number.NaN;
        }),
      );
      for (const [i, loss] of losses.entries()) {
        const { tensor, place } = at(chosen, i);
        const { name: weight, shape } = at(trained, tensor % trained.length);
        expect(loss, `${weight}[${place % sizeOf(shape)}]`).toBeNaN();
      }
    });

    it('does not change when a constant is added to all logits', async () => {
      const last = at(specs(), specs().length - 1);
      const added = [0, 1, -30, 100];
      const losses = await lossesFrom(
        added.map((constant) => (weights) => {
          const bias = at(weights, last.index).values;
          for (const [i, value] of bias.entries()) bias[i] = value + constant;
        }),
      );
      for (const loss of losses) expect(Math.abs(loss - (losses[0] ?? 0))).toBeLessThan(2e-4);
      expect(losses[0]).toBeGreaterThan(0);
    });
  });
});
