import { beforeAll, describe, expect, it } from 'vitest';
import {
  gradientCases,
  outputAndGradients,
  relativeError,
  sampleValues,
} from '../../testing/compare.ts';
import { slopeErrors } from '../../testing/slope.ts';
import { startWasmInNode } from '../../testing/startWasmInNode.ts';
import { tf } from '../../tf.ts';
import { registerWasmKernels } from '../registerWasmKernels.ts';

beforeAll(async () => {
  await startWasmInNode();
  registerWasmKernels();
});

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

describe('the filter gradient', () => {
  it('is the same in parts, when the batch is too large for one matrix', async () => {
    await tf.setBackend('wasm');
    const dy = tf.tensor4d(sampleValues([80, 20, 20, 2], 3), [80, 20, 20, 2]);
    const x = tf.tensor4d(sampleValues([80, 20, 20, 48], 1), [80, 20, 20, 48]);
    const gradientOf = (from: number, count: number) =>
      tf.tidy(() =>
        tf.grad((w: tf.Tensor) => tf.conv2d(tf.slice(x, from, count), w as tf.Tensor4D, 1, 'same'))(
          tf.zeros([5, 5, 48, 2]),
          tf.slice(dy, from, count),
        ),
      );

    const whole = gradientOf(0, 80);
    const parts = tf.addN([0, 20, 40, 60].map((from) => gradientOf(from, 20)));

    const [actual, reference] = [await whole.data(), await parts.data()];
    expect(relativeError(Float32Array.from(actual), Float32Array.from(reference))).toBeLessThan(
      1e-5,
    );
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
