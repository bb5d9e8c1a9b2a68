import { beforeAll, describe, expect, it } from 'vitest';
import { normalizations } from '../domain/architecture.ts';
import { BatchOrder } from '../domain/batches.ts';
import type { RunRecord } from '../domain/run.ts';
import { plainFormats } from '../domain/weightsFormat.ts';
import { tf } from '../engine/tf.ts';
import { readWeights, writeWeights } from '../formats/weightsFile.ts';
import { Network } from '../training/network.ts';
import { tinyImages, tinyRecipe, tinyScaling, tinyTrainer } from '../training/testing/tinyRun.ts';
import { importedRecord, portableModel } from './modelExchange.ts';

const images = tinyImages(30);
const order = new BatchOrder(
  Uint32Array.from({ length: images.count }, (_, i) => i),
  tinyRecipe.batchSize,
  tinyRecipe.seed,
);
const STEPS = 3;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A network after a few steps, and the record of its run. */
async function trained(normalization: (typeof normalizations)[number]) {
  const recipe = { ...tinyRecipe, normalization };
  const { network, trainer } = tinyTrainer(images, recipe);
  for (let step = 0; step < STEPS; step++) trainer.trainStep(order.batch(step), 0.001);
  await trainer.readMetrics();
  const record: RunRecord = {
    ...{ id: 'a', name: 'Run', status: 'finished', createdAt: 0, updatedAt: 0 },
    ...{ datasetName: 'squares', classNames: ['top', 'middle', 'bottom'], engine: 'cpu' },
    ...{ step: STEPS, trainingMs: 0, history: { training: [], validation: [] } },
    ...{ scaling: tinyScaling, recipe, architecture: network.architecture },
  };
  return { network, record };
}

function logitsOf(network: Network): Float32Array {
  const { height, width, channels } = images.shape;
  return tf.tidy(() => {
    const values = Float32Array.from(images.pixels, (pixel) => pixel / 255);
    const batch = tf.tensor4d(values, [images.count, height, width, channels]);
    return network.logits(batch, false).dataSync<'float32'>();
  });
}

describe('a network that is taken away and brought back', () => {
  for (const normalization of normalizations) {
    for (const format of plainFormats) {
      it(`gives the same logits to the bit: ${normalization}, as ${format}`, async () => {
        const { network, record } = await trained(normalization);
        const before = logitsOf(network);

        const { bytes } = writeWeights(
          portableModel(record, await network.exportWeights()),
          format,
        );
        const model = readWeights('weights', bytes);
        const { architecture, recipe } = importedRecord(model, 'cpu');
        const again = new Network(architecture, { seed: recipe.seed, step: 0 });
        again.importWeights(model.tensors);

        expect(logitsOf(again)).toEqual(before);
        expect(recipe.normalization).toBe(normalization);
      });
    }
  }
});
