import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import { BatchOrder } from '../../domain/recipe/batches.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import { startEngine } from '../../engine/engines.ts';
import { relativeError } from '../../engine/testing/compare.ts';
import { evaluate } from '../evaluate.ts';
import {
  advanceRich,
  promiseIngredients,
  richAugment,
  richImages,
  richNetwork,
  richRecipe,
  richTape,
} from '../testing/ingredients.ts';
import {
  handed,
  tinyImages,
  tinyNetwork,
  tinyRecipe,
  tinyScaling,
  tinyTape,
} from '../testing/tinyRun.ts';
import type { Trainer } from '../trainer.ts';
import { CompiledTrainer } from './compiledTrainer.ts';

const images = tinyImages(57);
const everyImage = Uint32Array.from({ length: 57 }, (_, i) => i);
const order = new BatchOrder(everyImage, tinyRecipe.batchSize, tinyRecipe.seed);
const faults: Error[] = [];

async function advance(trainer: Trainer, steps: number): Promise<TrainingPoint[]> {
  for (let i = 0; i < steps; i++)
    trainer.trainStep(order.batch(trainer.step), tinyRecipe.learningRate);
  return trainer.readMetrics();
}

async function compiled(recipe: Recipe = tinyRecipe) {
  const network = tinyNetwork(images, recipe);
  const given = [network.architecture, images, tinyScaling, recipe] as const;
  return handed(network, recipe, await CompiledTrainer.create(...given));
}

async function compiledRich() {
  const network = richNetwork();
  const given = [network.architecture, richImages, tinyScaling, richRecipe] as const;
  const trainer = await CompiledTrainer.create(...given, { augment: richAugment });
  return handed(network, richRecipe, trainer);
}

function expectAlike(points: readonly TrainingPoint[], reference: readonly TrainingPoint[]) {
  expect(points.map(({ step }) => step)).toEqual(reference.map(({ step }) => step));
  for (const [i, { loss, accuracy }] of reference.entries()) {
    expect(Math.abs((points[i]?.loss ?? 0) - loss) / loss).toBeLessThan(1e-3);
    expect(points[i]?.accuracy).toBeCloseTo(accuracy, 5);
  }
}

beforeAll(() => startEngine('webgpu', (problem) => faults.push(problem)));
afterEach(() => expect(faults).toEqual([]));

describe('training by a compiled plan', () => {
  it.each([
    ['AlexNet', tinyRecipe],
    ['LeNet-5', { ...tinyRecipe, architecture: 'lenet5' as const }],
  ])(
    'has the losses of the tape on the cpu engine, short batches included: %s',
    async (_, recipe) => {
      const points = await advance((await compiled(recipe)).trainer, 20);
      await startEngine('cpu', (problem) => faults.push(problem));
      const tape = tinyTape(images, recipe).trainer;
      const reference = await advance(tape, 20);
      await startEngine('webgpu', (problem) => faults.push(problem));
      expectAlike(points, reference);
    },
  );

  it('gives the same bits twice, and other losses for another seed', async () => {
    const losses = async (seed: number) => {
      const { trainer } = await compiled({ ...tinyRecipe, seed });
      return (await advance(trainer, 100)).map(({ loss }) => loss);
    };
    const first = await losses(0);
    expect(await losses(0)).toEqual(first);
    expect(await losses(1)).not.toEqual(first);
  });

  it('goes on after a checkpoint exactly where it was', async () => {
    const uninterrupted = await advance((await compiled()).trainer, 12);
    const first = (await compiled()).trainer;
    await advance(first, 5);
    const state = await first.exportState();
    const second = (await compiled()).trainer;
    second.importState(state, 5);
    expect(await advance(second, 7)).toEqual(uninterrupted.slice(5));
  });

  it('takes a checkpoint of the tape, and gives one that the tape takes', async () => {
    const { trainer } = await compiled();
    await advance(trainer, 4);
    const state = await trainer.exportState();
    await startEngine('cpu', (problem) => faults.push(problem));
    const tape = tinyTape(images).trainer;
    tape.importState(state, 4);
    const taken = await tape.exportState();
    const [onTape] = await advance(tape, 1);
    await startEngine('webgpu', (problem) => faults.push(problem));
    const next = (await compiled()).trainer;
    next.importState(taken, 4);
    const [onPlan] = await advance(next, 1);
    expect(onPlan?.loss).toBeCloseTo(onTape?.loss ?? 0, 4);
  });

  it('learns, and the evaluation between steps sees it', async () => {
    const { network, trainer } = await compiled({ ...tinyRecipe, dropout: 0 });
    const options = { split: 'validation' as const, indices: everyImage, batchSize: 25 };
    const before = await evaluate(network, images, tinyScaling, options);
    await advance(trainer, 40);
    const after = await evaluate(network, images, tinyScaling, options);
    expect(after.loss).toBeLessThan(before.loss / 2);
    expect(after.accuracy).toBeGreaterThan(0.9);
  });

  it('has its weights exported as they are, though steps are made while others are on their way', async () => {
    const { network, trainer } = await compiled();
    await advance(trainer, 2);
    const early = network.exportWeights();
    trainer.trainStep(order.batch(trainer.step), tinyRecipe.learningRate);
    const state = new Map((await trainer.exportState()).map(({ name, values }) => [name, values]));
    const [before, after] = [await early, await network.exportWeights()];
    for (const [i, { name, values }] of after.entries()) {
      expect(values, name).toEqual(state.get(name));
      expect(before[i]?.values, name).not.toEqual(values);
    }
  });

  it('allocates nothing in 200 steps', async () => {
    const { trainer } = await compiled();
    await advance(trainer, 2);
    const before = trainer.compiled.ownedBytes;
    for (let i = 0; i < 20; i++) await advance(trainer, 10);
    expect(trainer.compiled.ownedBytes).toBe(before);
  });
});

describe('training by a compiled plan with every ingredient', () => {
  it('has the losses and the averages of the tape on the cpu engine', async () => {
    const { trainer } = await compiledRich();
    const points = await advanceRich(trainer, 12);
    const state = await trainer.exportState();
    await startEngine('cpu', (problem) => faults.push(problem));
    const tape = richTape().trainer;
    const reference = await advanceRich(tape, 12);
    const byName = new Map(
      (await tape.exportState()).map((tensor) => [tensor.name, tensor.values]),
    );
    await startEngine('webgpu', (problem) => faults.push(problem));
    expectAlike(points, reference);
    expect(state.map(({ name }) => name).sort()).toEqual([...byName.keys()].sort());
    for (const { name, values } of state) {
      if (!name.startsWith('average/')) continue;
      expect(relativeError(values, byName.get(name) ?? values), name).toBeLessThan(0.02);
    }
  });

  promiseIngredients(compiledRich);
});
