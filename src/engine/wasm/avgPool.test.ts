import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativeError, sampleValues } from '../testing/compare.ts';
import { tf } from '../tfjs/tf.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { forWindows, type PoolCase, poolCases, poolNumbers } from './testing/poolCases.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

function pooled(poolCase: PoolCase, x: Float32Array, threads: number) {
  lab.clear();
  const { numbers, outCount } = poolNumbers(poolCase);
  const y = lab.result(outCount);
  lab.run('avgPool', [lab.floats(x), y, ...numbers], threads);
  expect(slackBehind(lab, y, outCount)).toEqual(UNTOUCHED);
  return lab.read(y, outCount);
}

function gradient(poolCase: PoolCase, dy: Float32Array, threads: number) {
  lab.clear();
  const count = tf.util.sizeFromShape(poolCase.shape);
  const dx = lab.result(count);
  lab.run('avgPoolGradient', [lab.floats(dy), dx, ...poolNumbers(poolCase).numbers], threads);
  expect(slackBehind(lab, dx, count)).toEqual(UNTOUCHED);
  return lab.read(dx, count);
}

describe('average pooling', () => {
  it('gives the means of tfjs-cpu, whatever the number of threads', () => {
    fc.assert(
      fc.property(poolCases, (poolCase) => {
        const { shape, window, stride, pad, threads } = poolCase;
        const x = sampleValues(shape, 1);
        const reference = tf.tidy(() =>
          tf.avgPool(tf.tensor4d(x, shape), window, stride, pad).dataSync<'float32'>(),
        );

        const one = pooled(poolCase, x, 1);

        expect(relativeError(one, reference)).toBeLessThan(1e-5);
        expect(pooled(poolCase, x, threads)).toEqual(one);
      }),
    );
  });
});

/** tfjs-cpu is no reference here: it divides by the whole window where part of it is padding. */
describe('the gradient of average pooling', () => {
  it('shares that of a window among its pixels inside, whatever the number of threads', () => {
    fc.assert(
      fc.property(poolCases, (poolCase) => {
        const dy = sampleValues(poolNumbers(poolCase).outShape, 2);
        const reference = new Float64Array(tf.util.sizeFromShape(poolCase.shape));
        forWindows(poolCase, (output, input, _, pixels) => {
          reference[input] = (reference[input] ?? 0) + (dy[output] ?? 0) / pixels;
        });

        const one = gradient(poolCase, dy, 1);

        // Where all windows cancel or none lies, the largest value is no measure.
        for (const [i, value] of one.entries()) expect(value).toBeCloseTo(reference[i] ?? 0, 5);
        expect(gradient(poolCase, dy, poolCase.threads)).toEqual(one);
      }),
    );
  });

  it('is the slope of the output: dy . y(x) = dx . x, since pooling is linear', () => {
    fc.assert(
      fc.property(poolCases, (poolCase) => {
        const x = sampleValues(poolCase.shape, 1);
        const dy = sampleValues(poolNumbers(poolCase).outShape, 2);
        const dot = (a: Float32Array, b: Float32Array) =>
          a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

        const [y, dx] = [pooled(poolCase, x, 1), gradient(poolCase, dy, 1)];

        const scale = Math.hypot(...dx) * Math.hypot(...x) + 1e-9;
        expect(Math.abs(dot(dy, y) - dot(dx, x)) / scale).toBeLessThan(1e-5);
      }),
    );
  });
});
