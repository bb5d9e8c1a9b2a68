import { expect, it } from 'vitest';
import type { Layer } from '../../domain/architecture/layer.ts';
import { planAugmentation } from '../../domain/augment/draw.ts';
import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import { BatchOrder } from '../../domain/recipe/batches.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import { learningRateAt } from '../../domain/recipe/schedule.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { weightsInUse } from '../../domain/runs/weightsInUse.ts';
import { assert } from '../../util/assert.ts';
import { evaluate } from '../evaluate.ts';
import { Network } from '../network.ts';
import type { Trainer } from '../trainer.ts';
import { tinyImages, tinyNetwork, tinyRecipe, tinyScaling, tinyTape } from './tinyRun.ts';

/** What every trainer promises of a recipe with all that cures overfitting in it. */

export const richRecipe: Recipe = {
  ...tinyRecipe,
  ...{ learningRate: 0.004, schedule: 'cosine', steps: 24, warmup: 3 },
  ...{ weightDecay: 1, labelSmoothing: 0.2, averaging: 0.8 },
  ...{ shift: 2, rotate: 20, scale: 0.2, shear: 0.2, elastic: 1, thickness: 0.7 },
  ...{ brightness: 0.2, contrast: 0.3, erase: 0.5, mirror: 'on', lighting: 0.1 },
};

/** In colour, and in a number that leaves the last batch of an epoch short. */
export const richImages = tinyImages(57, 3);
const everyImage = Uint32Array.from({ length: richImages.count }, (_, i) => i);
const order = new BatchOrder(everyImage, richRecipe.batchSize, richRecipe.seed);

const augment = planAugmentation(richRecipe, richImages, everyImage);
assert(augment, 'the recipe varies its images');
export const richAugment = augment;

export const richNetwork = (): Network => tinyNetwork(richImages, richRecipe);

export interface RichRun {
  readonly network: Network;
  readonly trainer: Trainer;
}

/** On the tape; a network of these layers, where they are named. */
export const richTape = (layers?: readonly Layer[]): RichRun =>
  tinyTape(richImages, richRecipe, layers, richAugment);

export async function advanceRich(trainer: Trainer, steps: number): Promise<TrainingPoint[]> {
  for (let i = 0; i < steps; i++)
    trainer.trainStep(order.batch(trainer.step), learningRateAt(richRecipe, trainer.step));
  return trainer.readMetrics();
}

const evaluateRich = (network: Network) =>
  evaluate(network, richImages, tinyScaling, {
    ...{ split: 'validation', indices: everyImage, batchSize: 20 },
  });

/** How these weights do in a network that nobody trains. */
async function evaluateApart({ architecture }: Network, weights: readonly NamedTensor[]) {
  const network = new Network(architecture, weights);
  const { loss } = await evaluateRich(network);
  network.dispose();
  return loss;
}

/** @param begin a run at its first step; whoever made it disposes of it */
export function promiseIngredients(begin: () => Promise<RichRun>): void {
  it('goes on after a checkpoint exactly where it was', async () => {
    const uninterrupted = (await begin()).trainer;
    const losses = await advanceRich(uninterrupted, 8);
    const first = (await begin()).trainer;
    await advanceRich(first, 5);
    const second = (await begin()).trainer;
    second.importState(await first.exportState(), 5);
    expect(await advanceRich(second, 3)).toEqual(losses.slice(5));
    expect(await second.exportState()).toEqual(await uninterrupted.exportState());
  });

  it('is used with the averages of its weights, and trains on undisturbed', async () => {
    const undisturbed = (await begin()).trainer;
    const losses = await advanceRich(undisturbed, 7);

    const { network, trainer } = await begin();
    await advanceRich(trainer, 5);
    const seen = await evaluateRich(network);
    const weights = await network.exportWeights();
    const state = await trainer.exportState();
    const seenAgain = await evaluateRich(network);

    expect(seenAgain).toEqual(seen);
    expect(weights.map(({ values }) => values)).toEqual(
      weightsInUse(state).map(({ values }) => values),
    );
    expect(await evaluateApart(network, weightsInUse(state))).toBeCloseTo(seen.loss, 5);
    expect(Math.abs((await evaluateApart(network, state)) - seen.loss)).toBeGreaterThan(1e-3);
    expect(await advanceRich(trainer, 2)).toEqual(losses.slice(5));
    expect(await trainer.exportState()).toEqual(await undisturbed.exportState());
  });

  it('begins its averages as the weights where a state has none', async () => {
    const { network, trainer } = await begin();
    await advanceRich(trainer, 2);
    const weights = (await trainer.exportState()).filter(({ name }) => !name.includes('average/'));
    trainer.importState(weights, 2);
    const used = new Map((await network.exportWeights()).map(({ name, values }) => [name, values]));
    for (const { name, values } of weights) expect(used.get(name) ?? values).toEqual(values);
  });
}
