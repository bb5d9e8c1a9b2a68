import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { openZip } from '../src/formats/archives/zip.ts';
import { exportModel } from '../src/formats/weights/exportModel.ts';
import { agreement } from './lib/agreement.ts';
import { modelCalled, ownLogits, testImages } from './lib/models.ts';

/** TensorFlow.js as it comes, and the layer that docs/files.md tells to register. */
class LocalResponseNormalization extends layers.layers.Layer {
  static className = 'LocalResponseNormalization';
  private readonly settings: Record<string, number>;
  constructor(config: Record<string, number>) {
    super(config as object);
    this.settings = config;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    const { depthRadius, bias, alpha, beta } = this.settings;
    return tf.localResponseNormalization(x, depthRadius, bias, alpha, beta);
  }
}

const IMAGES = 1000;
/** Plain JavaScript takes its time; of the second network a tenth tells as much. */
const networks = [
  ['AlexNet with LRN', IMAGES],
  ['LeNet-5', IMAGES / 10],
] as const;
let images: Uint8Array;
beforeAll(async () => {
  tf.serialization.registerClass(LocalResponseNormalization);
  await tf.setBackend('cpu');
  images = await testImages(IMAGES);
});

describe('stock TensorFlow.js', () => {
  it.each(networks)('reads images as the workbench does: %s, %d of them', async (name, count) => {
    const some = images.subarray(0, count * 784);
    const model = modelCalled(name);
    const { name: file, bytes } = await exportModel(model, 'tfjs');
    const zip = openZip(file, bytes);
    const json = JSON.parse(new TextDecoder().decode(zip.read('model.json', 1e8)));
    const weights = zip.read('weights.bin', 1e9);
    const loaded = await layers.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest[0].weights,
        weightData: weights.buffer,
      }),
    );
    const { offset, factor } = model.scaling;
    const scaled = Float32Array.from(some, (byte) => (byte - offset) * factor);
    const logits = loaded.predict(tf.tensor4d(scaled, [count, 28, 28, 1]), {
      batchSize: 100,
    }) as tf.Tensor;
    const { relativeDifference, otherLabels } = agreement(
      await ownLogits(model, some),
      await logits.data(),
      10,
    );
    expect(relativeDifference).toBeLessThan(1e-3);
    expect(otherLabels).toBe(0);
  });
});
