import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { webgpuPipelines } from '../engine/device.ts';
import { startEngine } from '../engine/engines.ts';
import { liveBuffers } from '../engine/testing/liveBuffers.ts';
import { makeTrainer } from './makeTrainer.ts';
import type { Network } from './network.ts';
import { predictImages } from './predictImages.ts';
import { tinyImages, tinyNetwork, tinyRecipe, tinyScaling } from './testing/tinyRun.ts';

const live = liveBuffers();
/** Sets that need sizes 1, 4, 16, 64 and 200 at once. */
const MOST_IMAGES = 100;
const images = tinyImages(MOST_IMAGES);

const predict = (network: Network, count: number) =>
  predictImages(network, { ...images, count }, tinyScaling, {
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });

beforeEach(() => startEngine('webgpu', (fault) => expect(fault).toBeUndefined()));

describe('predictions', () => {
  let network: Network;
  beforeEach(() => {
    network = tinyNetwork(images, tinyRecipe);
  });
  afterEach(() => network.dispose());

  it('of sets of any size compile and keep no more than a handful of sizes do', async () => {
    for (const count of [1, 4, 16, 64, MOST_IMAGES]) await predict(network, count);
    const [pipelines, bytes] = [webgpuPipelines().size, live.bytes()];
    for (let count = 1; count <= MOST_IMAGES; count++) await predict(network, count);
    expect(webgpuPipelines().size).toBe(pipelines);
    expect(live.bytes()).toBe(bytes);
  }, 120_000);

  it('are the same bits, whatever fills up the images that go through at once', async () => {
    for (const [count, size] of [
      [3, 4],
      [5, 16],
      [33, 64],
    ] as const) {
      const { probabilities } = await predict(network, count);
      const whole = await predict(network, size);
      expect(probabilities).toEqual(whole.probabilities.subarray(0, probabilities.length));
    }
  });
});

describe('runs that are opened, used and left', () => {
  it.each(['trained', 'read'] as const)('leave nothing behind when they are %s', async (use) => {
    const run = async (change: Partial<typeof tinyRecipe>) => {
      const recipe = { ...tinyRecipe, ...change };
      const network = tinyNetwork(images, recipe);
      if (use === 'trained') {
        const trainer = await makeTrainer(network, images, tinyScaling, recipe);
        trainer.trainStep(Uint32Array.of(0, 1, 2), recipe.learningRate);
        await trainer.exportState();
        trainer.dispose();
      } else await predict(network, 5);
      network.dispose();
    };
    await run({});
    const before = [webgpuPipelines().size, live.count(), live.bytes()];
    for (let i = 0; i < 20; i++) await run(i === 10 ? { architecture: 'lenet5' } : {});
    expect([webgpuPipelines().size, live.count(), live.bytes()]).toEqual(before);
  });
});
