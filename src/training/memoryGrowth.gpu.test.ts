import { expect, it } from 'vitest';
import { BatchOrder } from '../domain/recipe/batches.ts';
import { startEngine } from '../engine/engines.ts';
import { liveBuffers } from '../engine/testing/liveBuffers.ts';
import { faultTimes } from '../util/testing/faults.ts';
import { makeTrainer } from './makeTrainer.ts';
import { tinyImages, tinyNetwork, tinyRecipe, tinyScaling } from './testing/tinyRun.ts';

const WARM_UP = 20;
const STEPS = faultTimes(500, 60);
const CHECKPOINTS = faultTimes(20, 5);
/** Of the bytes after the warm-up. */
const GROWTH = 1.01;

const live = liveBuffers();

it('steps and checkpoints take no more of the GPU than the first 20 steps', async ({ task }) => {
  const faults: Error[] = [];
  await startEngine('webgpu', (fault) => faults.push(fault));
  // 57 images in batches of 6: the last of each epoch has 3.
  const images = tinyImages(57);
  const everyImage = Uint32Array.from({ length: images.count }, (_, i) => i);
  const order = new BatchOrder(everyImage, tinyRecipe.batchSize, tinyRecipe.seed);
  const network = tinyNetwork(images, tinyRecipe);
  const trainer = await makeTrainer(network, images, tinyScaling, tinyRecipe);
  const advance = async (steps: number) => {
    for (let i = 0; i < steps; i++)
      trainer.trainStep(order.batch(trainer.step), tinyRecipe.learningRate);
    return trainer.readMetrics();
  };

  await advance(WARM_UP);
  await trainer.exportState();
  const bytes = live.bytes();
  expect(bytes).toBeGreaterThan(0);
  for (let done = 0; done < STEPS; done += 10) await advance(10);
  expect(live.bytes() / bytes).toBeLessThanOrEqual(GROWTH);
  for (let i = 0; i < CHECKPOINTS; i++) await trainer.exportState();
  expect(live.bytes() / bytes).toBeLessThanOrEqual(GROWTH);
  expect(faults).toEqual([]);

  trainer.dispose();
  network.dispose();
  const made = STEPS + CHECKPOINTS;
  const words = 'steps and checkpoints take no more memory';
  task.meta.fault = { case: 10, words, injected: made, survived: made };
});
