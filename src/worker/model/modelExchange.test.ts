import { beforeAll, describe, expect, it } from 'vitest';
import { normalizations } from '../../domain/architecture/architecture.ts';
import { BatchOrder } from '../../domain/recipe/batches.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { plainFormats } from '../../domain/runs/weightsFormat.ts';
import { startEngine } from '../../engine/engines.ts';
import { readWeights, writeWeights } from '../../formats/weights/weightsFile.ts';
import { Network } from '../../training/network.ts';
import { tinyImages, tinyRecipe, tinyScaling, tinyTape } from '../../training/testing/tinyRun.ts';
import { importedRecord, portableModel } from './modelExchange.ts';

const images = tinyImages(30);
const order = new BatchOrder(
  Uint32Array.from({ length: images.count }, (_, i) => i),
  tinyRecipe.batchSize,
  tinyRecipe.seed,
);
const STEPS = 3;

beforeAll(() => startEngine('cpu', () => undefined));

/** A network after a few steps, and the record of its run. */
async function trained(normalization: (typeof normalizations)[number]) {
  const recipe = { ...tinyRecipe, normalization };
  const { network, trainer } = tinyTape(images, recipe);
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

const logitsOf = (network: Network): Promise<Float32Array> =>
  network.infer(
    Float32Array.from(images.pixels, (pixel) => pixel / 255),
    images.count,
  );

describe('a network that is taken away and brought back', () => {
  for (const normalization of normalizations) {
    for (const format of plainFormats) {
      it(`gives the same logits to the bit: ${normalization}, as ${format}`, async () => {
        const { network, record } = await trained(normalization);
        const before = await logitsOf(network);

        const { bytes } = writeWeights(
          portableModel(record, await network.exportWeights()),
          format,
        );
        const model = readWeights('weights', bytes);
        const { architecture, recipe } = importedRecord(model, 'cpu');
        const again = new Network(architecture, model.tensors);

        expect(await logitsOf(again)).toEqual(before);
        expect(recipe.normalization).toBe(normalization);
      });
    }
  }
});
