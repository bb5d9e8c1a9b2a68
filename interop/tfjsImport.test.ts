import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import '../src/engine/testing/gradientsInNode.ts';
import { savedByTfjs, zipOf } from '../src/formats/testing/tfjsFiles.ts';
import { importModel } from '../src/formats/weights/importModel.ts';
import { ownLogits, testImages } from './lib/models.ts';

const IMAGES = 500;
/** Few steps on few images: enough to be better than chance. */
const TRAINED_ON = 100;

let images: Uint8Array;
let labels: Uint8Array;
beforeAll(async () => {
  await tf.setBackend('cpu');
  images = await testImages(IMAGES);
  const file = new URL('../public/mnist/t10k-labels-idx1-ubyte.gz', import.meta.url);
  labels = new Uint8Array(gunzipSync(await readFile(file))).subarray(8, 8 + IMAGES);
});

const { batchNormalization, conv2d, dense, flatten } = layers.layers;

/** Networks as tutorials have them: in a list, or each layer applied to what the last one gives. */
const networks: Record<string, () => layers.LayersModel> = {
  'a list of layers': () =>
    layers.sequential({
      layers: [
        conv2d({
          ...{ inputShape: [28, 28, 1], filters: 4, kernelSize: 5, strides: 3 },
          ...{ padding: 'same', activation: 'relu' },
        }),
        layers.layers.maxPooling2d({ poolSize: 2 }),
        conv2d({ filters: 8, kernelSize: 3, useBias: false }),
        batchNormalization({ momentum: 0.5 }),
        layers.layers.activation({ activation: 'relu' }),
        flatten(),
        layers.layers.dropout({ rate: 0.1 }),
        dense({ units: 10, activation: 'softmax' }),
      ],
    }),
  'a graph that is a chain': () => {
    const x = layers.input({ shape: [28, 28, 1] });
    const chain = [
      conv2d({ filters: 4, kernelSize: 4, strides: 3, padding: 'same', activation: 'tanh' }),
      batchNormalization({ momentum: 0.5 }),
      layers.layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
      flatten(),
      dense({ units: 24 }),
      layers.layers.reLU(),
      dense({ units: 10 }),
      layers.layers.softmax(),
    ];
    const outputs = chain.reduce((y, layer) => layer.apply(y) as layers.SymbolicTensor, x);
    return layers.model({ inputs: x, outputs });
  },
};

/** The class of each row. */
function labelsOf(shares: ArrayLike<number>): number[] {
  return Array.from({ length: shares.length / 10 }, (_, row) => {
    const ofRow = Array.from({ length: 10 }, (_, i) => shares[row * 10 + i] ?? 0);
    return ofRow.indexOf(Math.max(...ofRow));
  });
}

describe('a network that TensorFlow.js has made and trained', () => {
  it.each(Object.keys(networks))('gets the same figure here as there: %s', async (name) => {
    const model = networks[name]?.() ?? expect.fail();
    model.compile({ optimizer: tf.train.adam(0.01), loss: 'sparseCategoricalCrossentropy' });
    const scaled = Float32Array.from(images, (byte) => byte / 255);
    const x = tf.tensor4d(scaled, [IMAGES, 28, 28, 1]);
    const y = tf.tensor1d(Array.from(labels.subarray(0, TRAINED_ON)));
    await model.fit(tf.slice(x, 0, TRAINED_ON), y, { epochs: 6, batchSize: 25, verbose: 0 });
    const theirs = await (model.predict(x, { batchSize: 100 }) as tf.Tensor).data();

    const imported = await importModel('theirs.zip', zipOf(await savedByTfjs(model)));
    const logits = await ownLogits(imported, images);
    const ours = await tf.softmax(tf.tensor2d(logits, [IMAGES, 10])).data();

    expect(Math.max(...ours.map((share, i) => Math.abs(share - (theirs[i] ?? 0))))).toBeLessThan(
      1e-4,
    );
    const rightOf = (shares: ArrayLike<number>) =>
      labelsOf(shares).filter((label, i) => label === labels[i]).length;
    expect(rightOf(logits)).toBe(rightOf(theirs));
    // Chance has a tenth of them right.
    expect(rightOf(logits)).toBeGreaterThan(IMAGES / 5);
  });
});
