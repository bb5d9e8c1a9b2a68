import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planAugmentation } from '../domain/augment/draw.ts';
import type { AugmentationPreview } from '../domain/augment/preview.ts';
import { BatchOrder } from '../domain/recipe/batches.ts';
import { type Recipe, seedRecipe } from '../domain/recipe/recipe.ts';
import type { Scaling } from '../domain/recipe/scaling.ts';
import { startEngine } from '../engine/engines.ts';
import type { ThreadTeam } from '../engine/wasm/threads/threadTeam.ts';
import { assert } from '../util/assert.ts';
import { makeTrainer } from './makeTrainer.ts';
import { planTraining, type TrainingOptions } from './plan/trainingPlan.ts';
import { names } from './plan/values.ts';
import { previewAugmentation } from './previewAugmentation.ts';
import { tinyImages, tinyNetwork, tinyRecipe } from './testing/tinyRun.ts';
import { planCalls, resolveCalls } from './threaded/callPlan.ts';
import type { RunLayout } from './threaded/heapLimit.ts';

const images = tinyImages(40);
const training = Uint32Array.from({ length: 30 }, (_, i) => i + 5);
const imageBytes = 16 * 16;
const recipe: Recipe = {
  ...{ ...tinyRecipe, shift: 2, rotate: 20, scale: 0.2, shear: 0.2, elastic: 1.5, thickness: 0.6 },
  ...{ brightness: 0.2, contrast: 0.3, erase: 0.5, mirror: 'on' },
};
/** Leaves bytes as they are, so that what a step saw can be compared to the last bit. */
const bytesThemselves: Scaling = { kind: 'minmax', offset: 0, factor: 1 };

beforeAll(() => startEngine('wasm', (problem) => expect(problem).toBeUndefined()));

/** The batches that the first steps of a run of this recipe train on, as they lie in its memory. */
async function imagesOfSteps(threads: number, steps: number): Promise<Float32Array[]> {
  const network = tinyNetwork(images, recipe);
  const augment = planAugmentation(recipe, images, training);
  const trainer = await makeTrainer(network, images, bytesThemselves, recipe, { augment, threads });
  const order = new BatchOrder(training, recipe.batchSize, recipe.seed);
  const team = Reflect.get(trainer, 'team') as ThreadTeam;
  const { training: layout } = Reflect.get(trainer, 'layout') as RunLayout;
  // A step's memory holds other things at its end, but what its first call reads is still there.
  const plan = planCalls(planTraining(Reflect.get(trainer, 'options') as TrainingOptions), 0);
  const calls = plan.calls.filter(({ layer }) => layer === names.images);
  const again = team.learn(resolveCalls({ ...plan, calls }, layout));
  const seen = Array.from({ length: steps }, () => {
    trainer.trainStep(order.batch(0), recipe.learningRate);
    team.run(again);
    const place = layout.addressOf.get(names.images);
    return new Float32Array(team.memory.buffer, place, recipe.batchSize * imageBytes).slice();
  });
  trainer.dispose();
  network.dispose();
  return seen;
}

const rounded = (values: Float32Array) => new Uint8Array(Uint8ClampedArray.from(values).buffer);

describe('the preview of augmentation', () => {
  let preview: AugmentationPreview;
  beforeAll(async () => {
    const made = await previewAugmentation(recipe, images, training, recipe.batchSize);
    assert(made, 'the recipe varies images');
    preview = made;
  });
  afterAll(() => startEngine('wasm', () => undefined));

  it('is what the steps of a run train on, byte by byte, however many threads it has', async () => {
    for (const threads of [1, 2]) {
      const seen = (await imagesOfSteps(threads, preview.varied.length)).map(rounded);
      expect(seen).toEqual(preview.varied);
    }
  });

  it('shows the images of the first batch, and each of them in other ways', () => {
    const [first = 0] = new BatchOrder(training, recipe.batchSize, recipe.seed).batch(0);
    const original = images.pixels.slice(first * imageBytes, (first + 1) * imageBytes);
    expect(preview.originals.slice(0, imageBytes)).toEqual(original);
    const ways = [preview.originals, ...preview.varied].map((bytes) => bytes.join());
    expect(new Set(ways).size).toBe(ways.length);
  });

  it.each(['cpu', 'webgpu'] as const)('is the same but for rounding on %s', async (engine) => {
    await startEngine(engine, (problem) => expect(problem).toBeUndefined());
    const other = await previewAugmentation(recipe, images, training, recipe.batchSize);
    assert(other, 'the recipe varies images');
    expect(other.originals).toEqual(preview.originals);
    for (const [step, bytes] of other.varied.entries()) {
      const ours = preview.varied[step] ?? new Uint8Array();
      const differences = bytes.map((byte, i) => Math.abs(byte - (ours[i] ?? 0)));
      expect(Math.max(...differences)).toBeLessThanOrEqual(1);
    }
  });

  it('is of as many images as there are, and of none where nothing is varied', async () => {
    const few = await previewAugmentation(recipe, images, training.subarray(0, 3), 8);
    expect(few?.originals.length).toBe(3 * imageBytes);
    expect(await previewAugmentation(seedRecipe, images, training, 8)).toBeUndefined();
    expect(await previewAugmentation(recipe, images, new Uint32Array(), 8)).toBeUndefined();
  });
});
