import { beforeAll, describe, expect, it } from 'vitest';
import type { Layer } from '../../domain/architecture/layer.ts';
import { BatchOrder } from '../../domain/recipe/batches.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import { startEngine } from '../../engine/engines.ts';
import { tf } from '../../engine/tfjs/tf.ts';
import { evaluate } from '../evaluate.ts';
import { promiseIngredients, richRecipe, richTape } from '../testing/ingredients.ts';
import { tinyImages, tinyRecipe, tinyScaling, tinyTape } from '../testing/tinyRun.ts';
import type { Trainer } from '../trainer.ts';

const images = tinyImages(60);
const everyImage = Uint32Array.from({ length: 60 }, (_, i) => i);
const order = new BatchOrder(everyImage, tinyRecipe.batchSize, tinyRecipe.seed);

const { learningRate } = tinyRecipe;

async function advance(trainer: Trainer, steps: number, rate = learningRate) {
  for (let i = 0; i < steps; i++) trainer.trainStep(order.batch(trainer.step), rate);
  return trainer.readMetrics();
}

/** Less to do for plain JavaScript than AlexNet gives it, with all that a tape may have trouble with. */
const layersOf = ({ normalization, dropout }: Recipe): Layer[] => [
  {
    ...{ kind: 'conv2d', name: 'conv1', filters: 6, kernelSize: 3, stride: 2, padding: 'same' },
    ...{ groups: 1, activation: 'relu' },
  },
  normalization === 'batch'
    ? { kind: 'batchNorm', name: 'norm1', momentum: 0.9, epsilon: 1e-3 }
    : { kind: 'lrn', name: 'norm1', depthRadius: 2, bias: 1, alpha: 0.1, beta: 0.75 },
  { kind: 'maxPool', name: 'pool1', poolSize: 3, stride: 2, padding: 'same' },
  { kind: 'flatten', name: 'flatten' },
  { kind: 'dense', name: 'fc2', units: 24, activation: 'relu' },
  { kind: 'dropout', name: 'drop2', rate: dropout },
  { kind: 'dense', name: 'fc3', units: 3, activation: 'linear' },
];
const tape = (recipe = tinyRecipe) => tinyTape(images, recipe, layersOf(recipe));

beforeAll(() => startEngine('cpu', () => undefined));

describe('training on the tape', () => {
  it('learns, and the evaluation between steps sees it', async () => {
    const { network, trainer } = tape({ ...tinyRecipe, dropout: 0 });
    const options = { split: 'validation' as const, indices: everyImage, batchSize: 25 };
    const before = await evaluate(network, images, tinyScaling, options);
    const points = await advance(trainer, 40, 0.01);
    const after = await evaluate(network, images, tinyScaling, options);
    expect(points.map(({ step }) => step)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(after.loss).toBeLessThan(before.loss / 2);
    expect(after.accuracy).toBeGreaterThan(0.9);
    expect(after.predictions).toHaveLength(60);
  });

  it('gives the same losses for the same seed, and others for another', async () => {
    const losses = async (seed: number) => {
      const { trainer } = tape({ ...tinyRecipe, seed });
      return (await advance(trainer, 4)).map(({ loss }) => loss);
    };
    const first = await losses(0);
    expect(await losses(0)).toEqual(first);
    expect(await losses(1)).not.toEqual(first);
  });

  it('goes on after a checkpoint exactly where it was', async () => {
    const uninterrupted = await advance(tape().trainer, 12);
    const first = tape().trainer;
    await advance(first, 5);
    const state = await first.exportState();
    const second = tape().trainer;
    second.importState(state, 5);
    expect(await advance(second, 7)).toEqual(uninterrupted.slice(5));
  });

  it('gives its state as it is when asked, whoever uses the averages or trains meanwhile', async () => {
    const { network, trainer } = tape({ ...tinyRecipe, averaging: 0.9 });
    await advance(trainer, 5);
    const alone = await trainer.exportState();
    const asked = trainer.exportState();
    const predicted = network.exportWeights();
    trainer.trainStep(order.batch(trainer.step), tinyRecipe.learningRate);
    expect(await asked).toEqual(alone);
    expect(await predicted).not.toEqual(await network.exportWeights());
  });

  it('learns with batch normalisation, and keeps moving statistics for the evaluation', async () => {
    const recipe = { ...tinyRecipe, normalization: 'batch' as const, dropout: 0 };
    const { network, trainer } = tape(recipe);
    const options = { split: 'validation' as const, indices: everyImage, batchSize: 25 };
    await advance(trainer, 40);
    const variance = (await network.exportWeights()).find(
      ({ name }) => name === 'norm1/moving_variance',
    );
    const after = await evaluate(network, images, tinyScaling, options);
    expect(after.accuracy).toBeGreaterThan(0.9);
    expect(variance?.values.every((value) => value >= 0 && value !== 1)).toBe(true);
    // What is evaluated does not depend on who else is in the batch, and moves no statistic.
    const alone = await evaluate(network, images, tinyScaling, { ...options, batchSize: 1 });
    expect(alone.predictions).toEqual(after.predictions);
    expect(alone.loss).toBeCloseTo(after.loss, 5);
  });

  it.each([0, 0.9])(
    'goes on exactly with batch normalisation too, with averages that decay by %d',
    async (averaging) => {
      const recipe = { ...tinyRecipe, normalization: 'batch' as const, averaging };
      const uninterrupted = await advance(tape(recipe).trainer, 9);
      const first = tape(recipe).trainer;
      await advance(first, 4);
      const state = await first.exportState();
      const second = tape(recipe).trainer;
      second.importState(state, 4);
      expect(await advance(second, 5)).toEqual(uninterrupted.slice(4));
      const names = state.map(({ name }) => name);
      expect(names).toContain('norm1/moving_mean');
      expect(names).toContain('adam/m/norm1/gamma');
      expect(names).not.toContain('adam/m/norm1/moving_mean');
      expect(names).not.toContain('average/norm1/moving_mean');
    },
  );

  it('keeps no tensor of a step behind', async () => {
    const { network, trainer } = tape({ ...tinyRecipe, normalization: 'batch' });
    await advance(trainer, 2);
    const { numTensors } = tf.memory();
    await advance(trainer, 11); // the last batch of the epoch included
    expect(tf.memory().numTensors).toBe(numTensors);
    trainer.dispose();
    network.dispose();
  });

  it('leaves nothing when it is disposed of', async () => {
    const { numTensors } = tf.memory();
    const { network, trainer } = tape();
    await advance(trainer, 2);
    trainer.trainStep(order.batch(2), tinyRecipe.learningRate);
    trainer.dispose();
    network.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe('training on the tape with every ingredient', () => {
  promiseIngredients(async () => richTape(layersOf(richRecipe)));
});
