import { afterEach, describe, expect, it } from 'vitest';
import { type Architecture, buildArchitecture } from '../domain/architecture/architecture.ts';
import type { Layer } from '../domain/architecture/layer.ts';
import { BatchOrder } from '../domain/recipe/batches.ts';
import { startEngine } from '../engine/engines.ts';
import { initialWeights } from './initialWeights.ts';
import { makeTrainer } from './makeTrainer.ts';
import { Network } from './network.ts';
import { tinyImages, tinyRecipe, tinyScaling } from './testing/tinyRun.ts';

/** Every kind of layer, wherever it may stand, trains on our engines as tfjs's tape trains it. */

const STEPS = 20;
// The last batch of an epoch is short.
const images = tinyImages(57);
const order = new BatchOrder(
  Uint32Array.from({ length: images.count }, (_, i) => i),
  ...([tinyRecipe.batchSize, tinyRecipe.seed] as const),
);

const faults: Error[] = [];
afterEach(() => expect(faults).toEqual([]));

const conv = (name: string, filters: number, more: object = {}): Layer => ({
  ...{ kind: 'conv2d', name, filters, kernelSize: 3, stride: 1, padding: 'same', groups: 1 },
  ...{ activation: 'relu', ...more },
});
/**
 * Within the image: where a window hangs over its edge, tfjs's gradient of an average divides by all of
 * the window, and not by what it averaged.
 */
const pool = (kind: 'maxPool' | 'avgPool', name: string): Layer => ({
  ...{ kind, name, poolSize: 3, stride: 2, padding: 'valid' },
});
const dense = (name: string, units: number, activation: 'relu' | 'tanh' | 'linear'): Layer => ({
  ...{ kind: 'dense', name, units, activation },
});
const drop = (name: string): Layer => ({ kind: 'dropout', name, rate: 0.3 });
const norm = (name: string): Layer => ({ kind: 'batchNorm', name, momentum: 0.9, epsilon: 1e-3 });
const flatten: Layer = { kind: 'flatten', name: 'flatten' };

const built = (id: Architecture['id'], normalization: 'lrn' | 'batch' = 'lrn') =>
  buildArchitecture({
    ...{ id, width: 1 / 16, input: images.shape, classes: 3, dropout: 0.5, normalization },
  });

function networkOf(...layers: Layer[]): Architecture {
  return { ...built('lenet5'), layers: [...layers, dense('out', 3, 'linear')] };
}

const networks: Record<string, Architecture> = {
  'two towers': built('alexnet-towers'),
  'two towers with batch normalisation': built('alexnet-towers', 'batch'),
  'batch normalisation': built('alexnet', 'batch'),
  'the all-convolutional net': built('allconv'),
  'every activation, in groups of odd sizes': networkOf(
    conv('first', 6, { activation: 'tanh' }),
    conv('second', 9, { groups: 3, activation: 'linear', stride: 2 }),
    conv('third', 6, { groups: 3, activation: 'tanh', padding: 'valid' }),
    flatten,
    dense('fourth', 7, 'relu'),
  ),
  'dropout behind everything': networkOf(
    drop('drop_images'),
    conv('first', 8, { activation: 'tanh' }),
    drop('drop_tanh'),
    pool('avgPool', 'pool1'),
    drop('drop_pool'),
    conv('second', 6),
    norm('norm'),
    drop('drop_norm'),
    pool('maxPool', 'pool2'),
    flatten,
    dense('third', 9, 'linear'),
    drop('drop_sums'),
    dense('fourth', 5, 'relu'),
    drop('once'),
    drop('twice'),
  ),
};

async function lossesOn(engine: 'wasm' | 'webgpu' | 'cpu', architecture: Architecture) {
  await startEngine(engine, (problem) => faults.push(problem));
  const network = new Network(architecture, initialWeights(architecture, 'he', tinyRecipe.seed));
  const given = [network, images, tinyScaling, tinyRecipe] as const;
  const trainer = await makeTrainer(...given, { threads: 2 });
  while (trainer.step < STEPS) trainer.trainStep(order.batch(trainer.step), 0.002);
  const points = await trainer.readMetrics();
  trainer.dispose();
  network.dispose();
  return points.map(({ loss }) => loss);
}

describe.each(Object.entries(networks))('%s', (_, architecture) => {
  it(`has the losses of the tape over ${STEPS} steps on both engines`, async () => {
    const reference = await lossesOn('cpu', architecture);
    expect(reference).toHaveLength(STEPS);
    for (const engine of ['wasm', 'webgpu'] as const) {
      const losses = await lossesOn(engine, architecture);
      for (const [i, loss] of reference.entries()) {
        expect(Math.abs((losses[i] ?? 0) / loss - 1), `${engine}, step ${i + 1}`).toBeLessThan(
          1e-3,
        );
      }
    }
  });
});
