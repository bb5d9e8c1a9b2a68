import { afterEach, describe, expect, it } from 'vitest';
import { type Architecture, buildArchitecture } from '../domain/architecture/architecture.ts';
import { weightSpecs } from '../domain/architecture/shapes.ts';
import type { NamedTensor } from '../domain/runs/run.ts';
import { startEngine } from '../engine/engines.ts';
import { relativeError, sampleValues } from '../engine/testing/compare.ts';
import { assert } from '../util/assert.ts';
import { initialWeights } from './initialWeights.ts';
import { inspect } from './inspect.ts';
import { makeTrainer } from './makeTrainer.ts';
import { Network } from './network.ts';
import { everySight } from './plan/inspectionPlan.ts';
import type { Inspected } from './reader.ts';
import { tinyImages, tinyRecipe, tinyScaling } from './testing/tinyRun.ts';

/** What is seen of a network from inside is the same on every engine, and is what tfjs-cpu computes. */

const COUNT = 3;
const CLASSES = 3;
const TOLERANCE = 1e-5;
const faults: Error[] = [];
afterEach(() => expect(faults).toEqual([]));
const start = (engine: 'wasm' | 'webgpu' | 'cpu') => startEngine(engine, (f) => faults.push(f));

const data = tinyImages(20);
const images = Float32Array.from(data.pixels.subarray(0, COUNT * 256), (pixel) => pixel / 255);
/** The logits of classes 2, 0 and 1. */
const oneEach = Float32Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0);
/** A logit of each image, and a mixture of all for the last. */
const weights = Float32Array.of(1, 0, 0, 0, 0, 1, 0.5, -2, 1);

const built = (id: Architecture['id'], normalization: 'lrn' | 'batch' = 'lrn') =>
  buildArchitecture({
    ...{ id, width: 1 / 16, input: data.shape, classes: CLASSES, dropout: 0.5, normalization },
  });

/** As if trained: no bias is zero, and no statistic what it began as. */
const usedWeights = (architecture: Architecture): NamedTensor[] => {
  const specs = weightSpecs(architecture);
  return initialWeights(architecture, 'he', 1).map((tensor, i) => {
    if (tensor.shape.length > 1) return tensor;
    const noise = sampleValues(tensor.shape, i + 1);
    const begun = specs[i]?.initialValue ?? 0;
    return { ...tensor, values: noise.map((value) => begun + 0.2 * Math.tanh(value)) };
  });
};

/** Everything that there is to see of these images. */
function look(network: Network): Promise<Inspected> {
  const { activations, gradients: by } = everySight(network.architecture);
  return network.inspect({ activations, gradients: { weights, by } }, images, COUNT);
}

function expectAlike(seen: Inspected, reference: Inspected) {
  expect(relativeError(seen.logits, reference.logits)).toBeLessThan(TOLERANCE);
  for (const part of ['activations', 'gradients'] as const) {
    expect([...seen[part].keys()]).toEqual([...reference[part].keys()]);
    for (const [name, { values }] of reference[part]) {
      const ours = seen[part].get(name)?.values;
      assert(ours, `${name} was seen`);
      expect(relativeError(ours, values), `${part} of ${name}`).toBeLessThan(TOLERANCE);
    }
  }
}

describe.each([
  ['AlexNet', built('alexnet')],
  ['AlexNet with batch normalisation', built('alexnet', 'batch')],
  ['two towers', built('alexnet-towers')],
  ['LeNet-5', built('lenet5')],
  ['the all-convolutional net', built('allconv')],
])('%s, seen from inside', (_, architecture) => {
  it('has the activations and the gradients of tfjs-cpu, on both engines', async () => {
    await start('cpu');
    const onCpu = new Network(architecture, usedWeights(architecture));
    const reference = await look(onCpu);
    onCpu.dispose();
    expect(reference.activations.size).toBe(architecture.layers.length);
    for (const engine of ['wasm', 'webgpu'] as const) {
      await start(engine);
      const network = new Network(architecture, usedWeights(architecture));
      const seen = await look(network);
      expect(seen.logits).toEqual(await network.infer(images, COUNT));
      expectAlike(seen, reference);
      network.dispose();
    }
  });
});

describe('a network that is trained', () => {
  it.each(['wasm', 'webgpu'] as const)(
    'is seen with the averages of its weights, and trains on undisturbed: %s',
    async (engine) => {
      await start(engine);
      const recipe = { ...tinyRecipe, averaging: 0.9 };
      const architecture = built('lenet5');
      const begin = async () => {
        const network = new Network(architecture, usedWeights(architecture));
        const given = [network, data, tinyScaling, recipe] as const;
        return { network, trainer: await makeTrainer(...given, { threads: 2 }) };
      };
      const [one, other] = [await begin(), await begin()];
      const batch = Uint32Array.of(0, 1, 2, 3);
      for (const { trainer } of [one, other]) trainer.trainStep(batch, 0.01);

      const { network } = one;
      const seen = await look(network);
      const [by, looks] = [['conv2', 'images'], { activations: ['conv2', 'fc4'] }];
      const some = await inspect(network, images, COUNT, {
        ...{ ...looks, gradients: { classes: [2, 0, 1], by } },
      });
      const weighted = await network.inspect(
        ...([{ ...looks, gradients: { weights: oneEach, by } }, images, COUNT] as const),
      );
      expect(some).toEqual(weighted);
      expect(some.activations.get('conv2')).toEqual(seen.activations.get('conv2'));
      const apart = new Network(architecture, await network.exportWeights());
      expectAlike(seen, await look(apart));

      for (const { trainer } of [one, other]) trainer.trainStep(batch, 0.01);
      expect(await one.trainer.exportState()).toEqual(await other.trainer.exportState());
      for (const { trainer, network } of [one, other]) {
        trainer.dispose();
        network.dispose();
      }
      apart.dispose();
    },
  );
});
