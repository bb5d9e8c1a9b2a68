import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativeError, sampleValues } from '../testing/compare.ts';
import { tf } from '../tfjs/tf.ts';
import { KernelLab, SLACK_BYTE } from './testing/kernelLab.ts';
import { forWindows, type PoolCase, poolCases, poolNumbers } from './testing/poolCases.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

/** Few different values: most windows have tied maxima. */
const tiedValues = (shape: readonly number[]) => sampleValues(shape, 1).map(Math.round);

function pooled(poolCase: PoolCase, x: Float32Array, threads: number) {
  lab.clear();
  const { numbers, outCount } = poolNumbers(poolCase);
  const [y, argmax] = [lab.result(outCount), lab.bytes(outCount)];
  lab.run('maxPool', [lab.floats(x), y, argmax, ...numbers], threads);
  expect(slackBehind(lab, y, outCount)).toEqual(UNTOUCHED);
  expect(lab.readBytes(argmax + outCount, 16).every((byte) => byte === SLACK_BYTE)).toBe(true);
  return { y: lab.read(y, outCount), argmax: lab.readBytes(argmax, outCount) };
}

function gradient(poolCase: PoolCase, dy: Float32Array, argmax: Uint8Array, threads: number) {
  lab.clear();
  const count = tf.util.sizeFromShape(poolCase.shape);
  const [places, dx] = [lab.bytes(argmax.length), lab.result(count)];
  // Not NaNs, which an addition would leave as they are.
  const behind = lab.floats(new Float32Array(128));
  lab.writeBytes(places, argmax);
  const { numbers } = poolNumbers(poolCase);
  lab.run('maxPoolGradient', [lab.floats(dy), places, dx, ...numbers], threads);
  expect(slackBehind(lab, dx, count)).toEqual(UNTOUCHED);
  expect(lab.read(behind, 128)).toEqual(new Float32Array(128));
  return lab.read(dx, count);
}

const pool = (poolCase: PoolCase) => (x: tf.Tensor) =>
  tf.maxPool(x as tf.Tensor4D, poolCase.window, poolCase.stride, poolCase.pad);

describe('max pooling', () => {
  it('gives the maxima of tfjs-cpu, bit by bit, whatever the number of threads', () => {
    fc.assert(
      fc.property(poolCases, (poolCase) => {
        const x = sampleValues(poolCase.shape, 1);
        const reference = tf.tidy(() => pool(poolCase)(tf.tensor4d(x, poolCase.shape)).dataSync());

        const one = pooled(poolCase, x, 1);

        expect(one.y).toEqual(reference);
        expect(pooled(poolCase, x, poolCase.threads)).toEqual(one);
      }),
    );
  });

  it('notes the place of the first of tied maxima', () => {
    fc.assert(
      fc.property(poolCases, (poolCase) => {
        const x = tiedValues(poolCase.shape);
        const { outCount } = poolNumbers(poolCase);
        const best = new Float32Array(outCount).fill(Number.NEGATIVE_INFINITY);
        const places = new Uint8Array(outCount);
        forWindows(poolCase, (output, input, place) => {
          if ((x[input] ?? 0) <= (best[output] ?? 0)) return;
          best[output] = x[input] ?? 0;
          places[output] = place;
        });

        expect(pooled(poolCase, x, 1)).toEqual({ y: best, argmax: places });
      }),
    );
  });

  it('never takes what is no number, and counts places up to 15 by 15', () => {
    const poolCase: PoolCase = { shape: [1, 15, 15, 2], window: 15, stride: 1, pad: 0, threads: 1 };
    const x = new Float32Array(15 * 15 * 2).fill(Number.NaN);
    x[2 * 15 * 15 - 2] = -7;

    const { y, argmax } = pooled(poolCase, x, 1);

    expect([...y]).toEqual([-7, Number.NEGATIVE_INFINITY]);
    expect([...argmax]).toEqual([224, 255]);
    const dx = gradient(poolCase, new Float32Array([3, 5]), argmax, 1);
    expect(dx.indexOf(3)).toBe(2 * 15 * 15 - 2);
    expect(dx.reduce((sum, value) => sum + value)).toBe(3);
  });
});

describe('the gradient of max pooling', () => {
  it.each([
    ['tied', tiedValues],
    ['different', (shape: readonly number[]) => sampleValues(shape, 1)],
  ] as const)('is that of tfjs-cpu for %s values, whatever the number of threads', (_, values) => {
    fc.assert(
      fc.property(poolCases, (poolCase) => {
        const x = values(poolCase.shape);
        const { outShape } = poolNumbers(poolCase);
        const dy = sampleValues(outShape, 2);
        const reference = tf.tidy(() =>
          tf
            .grad(pool(poolCase))(tf.tensor4d(x, poolCase.shape), tf.tensor(dy, outShape))
            .dataSync<'float32'>(),
        );
        const { argmax } = pooled(poolCase, x, 1);

        const one = gradient(poolCase, dy, argmax, 1);

        expect(relativeError(one, reference)).toBeLessThan(1e-6);
        expect(gradient(poolCase, dy, argmax, poolCase.threads)).toEqual(one);
      }),
    );
  });
});
