import { beforeAll, describe, expect, it } from 'vitest';
import { dropoutMask } from './dropoutMask.ts';
import { CounterDropout, LocalResponseNormalization } from './layers.ts';
import { tf, tfLayers } from './tf.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const lrnArgs = { name: 'norm1', depthRadius: 2, bias: 2, alpha: 0.1, beta: 0.75 };

describe('CounterDropout', () => {
  const clock = { seed: 3, step: 1 };
  const layer = new CounterDropout({ name: 'drop6', rate: 0.5, clock, layer: 4 });
  const ones = () => tf.ones([4, 50]);
  const trained = async (step: number) => {
    clock.step = step;
    return (layer.apply(ones(), { training: true }) as tf.Tensor).data();
  };

  it('multiplies by the mask of its clock while training', async () => {
    expect(await trained(1)).toEqual(await dropoutMask([4, 50], 0.5, 3, 1, 4).data());
    expect(await trained(2)).toEqual(await dropoutMask([4, 50], 0.5, 3, 2, 4).data());
    expect(await trained(2)).not.toEqual(await trained(1));
  });

  it('passes its input on while predicting', async () => {
    const output = layer.apply(ones(), { training: false }) as tf.Tensor;

    expect(await output.data()).toEqual(await ones().data());
  });

  it('lets the gradient through where it let the input through', async () => {
    clock.step = 9;
    const gradient = tf.grad(
      (input: tf.Tensor) => layer.apply(input, { training: true }) as tf.Tensor,
    )(ones());

    expect(await gradient.data()).toEqual(await dropoutMask([4, 50], 0.5, 3, 9, 4).data());
  });
});

describe('a saved model with both layers', () => {
  it('is read by the stock loader, and predicts the same', async () => {
    const model = tfLayers.sequential();
    model.add(tfLayers.layers.inputLayer({ inputShape: [3, 3, 5] }));
    model.add(new LocalResponseNormalization(lrnArgs));
    model.add(new CounterDropout({ rate: 0.4, clock: { seed: 1, step: 1 }, layer: 1 }));
    const x = tf.randomNormal([2, 3, 3, 5]);

    const saved: tf.io.ModelArtifacts[] = [];
    await model.save({
      save: async (artifacts) => {
        saved.push(artifacts);
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      },
    });
    const loaded = await tfLayers.loadLayersModel({ load: async () => saved[0] ?? {} });

    expect(loaded.layers.map((layer) => layer.getClassName())).toEqual([
      'InputLayer',
      'LocalResponseNormalization',
      'Dropout',
    ]);
    expect(loaded.layers[1]?.getConfig()).toMatchObject(lrnArgs);
    expect(loaded.layers[2]?.getConfig()).toMatchObject({ rate: 0.4 });
    const [actual, expected] = [loaded.predict(x), model.predict(x)] as tf.Tensor[];
    expect(await actual?.data()).toEqual(await expected?.data());
  });
});
