import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import { BatchOrder } from '../../domain/recipe/batches.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import { weightsInUse } from '../../domain/runs/weightsInUse.ts';
import { startEngine } from '../../engine/engines.ts';
import { relativeError } from '../../engine/testing/compare.ts';
import { availableThreads } from '../../engine/wasm/threads/threadTeam.ts';
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
import { ThreadedTrainer } from './threadedTrainer.ts';

const images = tinyImages(57);
const everyImage = Uint32Array.from({ length: 57 }, (_, i) => i);
const order = new BatchOrder(everyImage, tinyRecipe.batchSize, tinyRecipe.seed);
const faults: Error[] = [];
const opened: Trainer[] = [];

async function advance(trainer: Trainer, steps: number): Promise<TrainingPoint[]> {
  for (let i = 0; i < steps; i++)
    trainer.trainStep(order.batch(trainer.step), tinyRecipe.learningRate);
  return trainer.readMetrics();
}

async function threaded(threads: number, recipe: Recipe = tinyRecipe) {
  const network = tinyNetwork(images, recipe);
  const given = [network.architecture, images, tinyScaling, recipe, threads] as const;
  const trainer = await ThreadedTrainer.create(...given);
  opened.push(trainer);
  return handed(network, recipe, trainer);
}

async function threadedRich() {
  const network = richNetwork();
  const { architecture } = network;
  const trainer = await ThreadedTrainer.create(
    ...([architecture, richImages, tinyScaling, richRecipe, 2, richAugment] as const),
  );
  opened.push(trainer);
  return handed(network, richRecipe, trainer);
}

function expectAlike(points: readonly TrainingPoint[], reference: readonly TrainingPoint[]) {
  expect(points.map(({ step }) => step)).toEqual(reference.map(({ step }) => step));
  for (const [i, { loss, accuracy }] of reference.entries()) {
    expect(Math.abs((points[i]?.loss ?? 0) - loss) / loss).toBeLessThan(1e-3);
    expect(points[i]?.accuracy).toBeCloseTo(accuracy, 5);
  }
}

beforeAll(() => startEngine('wasm', (problem) => faults.push(problem)));
afterEach(() => {
  for (const trainer of opened.splice(0)) trainer.dispose();
  expect(faults).toEqual([]);
});

describe('training on all cores', () => {
  it('has a page whose threads can share memory', () => {
    expect(globalThis.crossOriginIsolated).toBe(true);
    expect(availableThreads()).toBe(navigator.hardwareConcurrency);
  });

  it.each([
    ['AlexNet', tinyRecipe],
    ['LeNet-5', { ...tinyRecipe, architecture: 'lenet5' as const }],
    ['batch normalisation', { ...tinyRecipe, normalization: 'batch' as const }],
  ])(
    'has the losses of the tape on the cpu engine, short batches included: %s',
    async (_, recipe) => {
      const points = await advance((await threaded(2, recipe)).trainer, 20);
      await startEngine('cpu', (problem) => faults.push(problem));
      const tape = tinyTape(images, recipe).trainer;
      const reference = await advance(tape, 20);
      await startEngine('wasm', (problem) => faults.push(problem));
      expectAlike(points, reference);
    },
  );

  it('gives the same bits with one thread, two and five, and other losses for another seed', async () => {
    const run = async (threads: number, seed = 0) => {
      const { trainer } = await threaded(threads, { ...tinyRecipe, seed });
      const losses = (await advance(trainer, 100)).map(({ loss }) => loss);
      return { losses, state: await trainer.exportState() };
    };
    const alone = await run(1);
    expect(await run(2)).toEqual(alone);
    expect(await run(5)).toEqual(alone);
    expect((await run(2, 1)).losses).not.toEqual(alone.losses);
  });

  it.each([
    ['LRN', tinyRecipe],
    ['batch normalisation', { ...tinyRecipe, normalization: 'batch' as const, averaging: 0.9 }],
  ])('goes on from an exported state as if it had never stopped: %s', async (_, recipe) => {
    const whole = await advance((await threaded(2, recipe)).trainer, 12);
    const first = (await threaded(2, recipe)).trainer;
    await advance(first, 7);
    const second = (await threaded(3, recipe)).trainer;
    second.importState(await first.exportState(), 7);
    expect(await advance(second, 5)).toEqual(whole.slice(7));
  });

  it.each([
    ['LRN', tinyRecipe],
    ['batch normalisation', { ...tinyRecipe, normalization: 'batch' as const }],
    ['both averaged', { ...tinyRecipe, normalization: 'batch' as const, averaging: 0.5 }],
  ])(
    'evaluates as tfjs does, and shows its weights to whoever reads them: %s',
    async (_, recipe) => {
      const { network, trainer } = await threaded(2, recipe);
      const options = { split: 'validation', indices: everyImage, batchSize: 20 } as const;
      const before = await evaluate(network, images, tinyScaling, options);
      await advance(trainer, 12);
      const after = await evaluate(network, images, tinyScaling, options);
      expect(after.loss).toBeLessThan(before.loss);

      const weights = await network.exportWeights();
      const state = weightsInUse(await trainer.exportState());
      expect(state.slice(0, weights.length)).toEqual(weights);
      await startEngine('cpu', (problem) => faults.push(problem));
      const onTfjs = tinyNetwork(images, recipe);
      onTfjs.importWeights(weights);
      const reference = await evaluate(onTfjs, images, tinyScaling, options);
      onTfjs.dispose();
      await startEngine('wasm', (problem) => faults.push(problem));
      expect(after.loss).toBeCloseTo(reference.loss, 5);
      expect(after.predictions).toEqual(reference.predictions);
    },
  );

  it('takes no memory from step to step', async () => {
    const { trainer } = await threaded(2);
    await advance(trainer, 20);
    const bytes = trainer.memoryBytes;
    await advance(trainer, 200);
    expect(trainer.memoryBytes).toBe(bytes);
  });
});

describe('training on all cores with every ingredient', () => {
  it('has the losses and the averages of the tape on the cpu engine', async () => {
    const { trainer } = await threadedRich();
    const points = await advanceRich(trainer, 12);
    const state = await trainer.exportState();
    await startEngine('cpu', (problem) => faults.push(problem));
    const tape = richTape().trainer;
    const reference = await advanceRich(tape, 12);
    const byName = new Map(
      (await tape.exportState()).map((tensor) => [tensor.name, tensor.values]),
    );
    await startEngine('wasm', (problem) => faults.push(problem));
    expectAlike(points, reference);
    expect(state.map(({ name }) => name).sort()).toEqual([...byName.keys()].sort());
    for (const { name, values } of state) {
      if (!name.startsWith('average/')) continue;
      expect(relativeError(values, byName.get(name) ?? values), name).toBeLessThan(0.02);
    }
  });

  promiseIngredients(threadedRich);
});
