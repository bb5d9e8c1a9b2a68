import { afterEach, expect, it, vi } from 'vitest';
import { webgpuPipelines } from '../engine/device.ts';
import { startEngine } from '../engine/engines.ts';
import { liveBuffers } from '../engine/testing/liveBuffers.ts';
import { ThreadTeam } from '../engine/wasm/threads/threadTeam.ts';
import { heapUse } from '../util/testing/heap.ts';
import { inspect } from './inspect.ts';
import { makeTrainer } from './makeTrainer.ts';
import { tinyImages, tinyNetwork, tinyRecipe, tinyScaling } from './testing/tinyRun.ts';

const LOOKS = 1000;
/** What the engine of JavaScript learns of code that runs again and again; so many kept looks are far more. */
const MOST_HEAP_GROWTH = 1_000_000;
const live = liveBuffers();
afterEach(() => vi.restoreAllMocks());
const recipe = { ...tinyRecipe, architecture: 'lenet5' as const };

/** A run of which all layers are looked into, with a step now and then. */
async function lookedInto(engine: 'wasm' | 'webgpu') {
  const faults: Error[] = [];
  await startEngine(engine, (fault) => faults.push(fault));
  const images = tinyImages(12);
  const network = tinyNetwork(images, recipe);
  const trainer = await makeTrainer(network, images, tinyScaling, recipe, { threads: 1 });
  const layers = network.architecture.layers.map(({ name }) => name);
  const image = Float32Array.from(images.pixels.subarray(0, 256), (pixel) => pixel / 255);
  const step = async () => {
    trainer.trainStep(Uint32Array.of(0, 1, 2, 3, 4, 5), recipe.learningRate);
    await trainer.readMetrics();
  };
  await step();
  return {
    async look(times: number) {
      for (let i = 0; i < times; i++) {
        const { activations } = await inspect(network, image, 1, { activations: layers });
        expect(activations.size).toBe(layers.length);
        if (i % 100 === 0) await step();
      }
      expect(faults).toEqual([]);
    },
    dispose() {
      trainer.dispose();
      network.dispose();
    },
  };
}

it('a thousand looks inside take no more of the GPU than the first', async () => {
  const run = await lookedInto('webgpu');
  await run.look(2);
  const [bytes, count, shaders] = [live.bytes(), live.count(), webgpuPipelines().size];
  expect(bytes).toBeGreaterThan(0);
  await run.look(LOOKS);
  expect([live.bytes(), live.count(), webgpuPipelines().size]).toEqual([bytes, count, shaders]);
  run.dispose();
});

it('nor of the processor, whose threads learn no call anew and where nothing seen is kept', async () => {
  const learn = vi.spyOn(ThreadTeam.prototype, 'learn');
  const run = await lookedInto('wasm');
  await run.look(LOOKS / 10);
  const lists = learn.mock.calls.length;
  expect(lists).toBeGreaterThan(0);
  const { objects, buffers } = await heapUse();
  await run.look(LOOKS);
  expect(learn).toHaveBeenCalledTimes(lists);
  const now = await heapUse();
  expect(now.objects - objects).toBeLessThan(MOST_HEAP_GROWTH);
  expect(now.buffers - buffers).toBeLessThan(MOST_HEAP_GROWTH);
  run.dispose();
});
