import { beforeAll, describe, expect, it } from 'vitest';
import { gradientCases, outputAndGradients, relativeError } from '../../testing/compare.ts';
import { slopeErrors } from '../../testing/slope.ts';
import { startWasmInNode } from '../../testing/startWasmInNode.ts';
import { tf } from '../../tf.ts';

beforeAll(startWasmInNode);

describe('a kernel of the wasm engine gives what tfjs-cpu gives', () => {
  it.each(gradientCases)('$name', async (gradientCase) => {
    await tf.setBackend('cpu');
    const references = await outputAndGradients(gradientCase);

    await tf.setBackend('wasm');
    const results = await outputAndGradients(gradientCase);

    expect(results).toHaveLength(references.length);
    for (const [i, reference] of references.entries()) {
      expect(relativeError(results[i] ?? new Float32Array(), reference)).toBeLessThan(1e-5);
    }
  });
});

describe('a gradient of the wasm engine is the slope of its output', () => {
  it.each(gradientCases)('$name', async (gradientCase) => {
    await tf.setBackend('wasm');

    for (const error of await slopeErrors(gradientCase)) expect(error).toBeLessThan(2e-3);
  });
});

describe('what the heap held before', () => {
  it.each(gradientCases)('does not show in $name', async (gradientCase) => {
    await tf.setBackend('wasm');
    const clean = await outputAndGradients(gradientCase);

    const poison = [1, 10, 100, 1000, 10_000].flatMap((size) =>
      Array.from({ length: 20 }, () => tf.fill([size], Number.NaN)),
    );
    tf.dispose(poison);

    expect(await outputAndGradients(gradientCase)).toEqual(clean);
  });
});

describe('max pooling with tied maxima', () => {
  it('sends the gradient to the first in reading order, as tfjs-cpu does', async () => {
    const gradientOn = async (engine: string) => {
      await tf.setBackend(engine);
      const x = tf.ones([1, 5, 5, 1]);
      return tf
        .grad((input: tf.Tensor) => tf.maxPool(input as tf.Tensor4D, 3, 2, 'same'))(x)
        .data();
    };

    expect(await gradientOn('wasm')).toEqual(await gradientOn('cpu'));
  });
});

describe('memory', () => {
  it('is given back: training steps leave no tensor behind', async () => {
    await tf.setBackend('wasm');
    const dataIds = () => tf.engine().backend.numDataIds();
    const before = dataIds();

    for (const gradientCase of gradientCases) await outputAndGradients(gradientCase);

    expect(dataIds()).toBe(before);
  });
});
