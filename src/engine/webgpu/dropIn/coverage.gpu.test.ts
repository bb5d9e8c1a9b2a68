import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../engines.ts';
import { tf } from '../../tf.ts';

/** Whatever tfjs is asked on the webgpu engine, it answers: with our kernels, or with its own. */

const faults: Error[] = [];

beforeAll(async () => {
  await startEngine('webgpu', (problem) => faults.push(problem));
});
afterEach(() => expect(faults).toEqual([]));

/** A refusal of tfjs is its own affair, and the same on every engine. */
async function answerOn(backend: string, compute: () => tf.Tensor): Promise<number[] | 'refused'> {
  await tf.setBackend(backend);
  tf.engine().startScope();
  try {
    const result = compute();
    return [result.shape, ...(await result.data())].flat();
  } catch {
    return 'refused';
  } finally {
    tf.engine().endScope();
  }
}

async function expectAnswer(compute: () => tf.Tensor): Promise<void> {
  const reference = await answerOn('cpu', compute);
  const answer = await answerOn('webgpu', compute);
  expect(answer === 'refused', 'refused').toBe(reference === 'refused');
  expect(answer.length).toBe(reference.length);
}

const image = fc.tuple(
  ...([1, 2].map((min) => fc.integer({ min, max: 3 })) as [
    fc.Arbitrary<number>,
    fc.Arbitrary<number>,
  ]),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 5 }),
);
const numbers = fc.constantFrom(0, 1e-4, 1, -1, Number.NaN, Infinity, -Infinity, 1e39);

describe('a call that our kernels do not cover is not refused', () => {
  it('of a normalisation with any numbers', async () => {
    const attrs = fc.tuple(fc.constantFrom(0, 1, 5, 17, 400), numbers, numbers, numbers);
    await fc.assert(
      fc.asyncProperty(image, attrs, (shape, [radius, bias, alpha, beta]) =>
        expectAnswer(() =>
          tf.localResponseNormalization(tf.ones(shape) as tf.Tensor4D, radius, bias, alpha, beta),
        ),
      ),
      { numRuns: 25, seed: 1 },
    );
  });

  it('of a pooling with any window, stride and border', async () => {
    const size = fc.integer({ min: 1, max: 5 });
    const border = fc.oneof(fc.constantFrom<('same' | 'valid')[]>('same', 'valid'), size);
    await fc.assert(
      fc.asyncProperty(image, size, size, border, (shape, window, stride, pad) =>
        expectAnswer(() =>
          tf.maxPool(tf.ones(shape) as tf.Tensor4D, window, stride, pad, rounding(pad)),
        ),
      ),
      { numRuns: 25, seed: 1 },
    );
  });

  it('of a convolution with any filter, stride, dilation and border', async () => {
    const size = fc.integer({ min: 1, max: 4 });
    const border = fc.oneof(fc.constantFrom<('same' | 'valid')[]>('same', 'valid'), size);
    await fc.assert(
      fc.asyncProperty(image, size, size, size, border, (shape, filter, stride, dilation, pad) =>
        expectAnswer(() =>
          tf.conv2d(
            tf.ones(shape) as tf.Tensor4D,
            tf.ones([filter, filter, shape[3], 2]),
            ...([stride, pad, 'NHWC', dilation, rounding(pad)] as const),
          ),
        ),
      ),
      { numRuns: 25, seed: 1 },
    );
  });
});

/** tfjs wants to be told how a border in pixels is rounded. */
function rounding(pad: 'same' | 'valid' | number): 'floor' | undefined {
  return typeof pad === 'number' ? 'floor' : undefined;
}
