import { beforeAll, describe, expect, it } from 'vitest';
import { BatchOrder } from '../../domain/batches.ts';
import type { TrainingPoint } from '../../domain/metrics.ts';
import { startEngine } from '../../engine/engines.ts';
import { tf } from '../../engine/tf.ts';
import { tinyImages, tinyRecipe, tinyScaling, tinyTrainer } from '../testing/tinyRun.ts';
import type { Trainer } from '../trainer.ts';
import { CompiledTrainer } from './compiledTrainer.ts';

const images = tinyImages(60);
const everyImage = Uint32Array.from({ length: 60 }, (_, i) => i);
const order = new BatchOrder(everyImage, tinyRecipe.batchSize, tinyRecipe.seed);

async function advance(trainer: Trainer, steps: number): Promise<TrainingPoint[]> {
  for (let i = 0; i < steps; i++) trainer.trainStep(order.batch(trainer.step));
  return trainer.readMetrics();
}

async function compiledTrainer(recipe = tinyRecipe) {
  const { network } = tinyTrainer(images, recipe);
  return { network, trainer: await CompiledTrainer.create(network, images, tinyScaling, recipe) };
}

beforeAll(async () => {
  await startEngine('webgpu', (problem) => {
    throw problem;
  });
});

describe('training by a compiled plan', () => {
  it('has the losses of the tape', async () => {
    const { trainer } = await compiledTrainer();
    const points = await advance(trainer, 12);
      'compiled',
      performance.now() - t0,
      points.map((p) => p.loss),
    );
    await startEngine('cpu', () => {});
    const tape = await advance(tinyTrainer(images).trainer, 12);
    await startEngine('webgpu', () => {});
    expect(tf.getBackend()).toBe('webgpu');
    for (const [i, { loss, accuracy }] of points.entries()) {
      expect(loss / (tape[i]?.loss ?? 0)).toBeCloseTo(1, 3);
      expect(accuracy).toBeCloseTo(tape[i]?.accuracy ?? 0, 5);
    }
  });
});
