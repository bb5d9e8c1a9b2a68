import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativeError, sampleValues } from '../testing/compare.ts';
import { tf } from '../tfjs/tf.ts';
import { lrnScratchBytes } from './scratch.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

interface LrnCase {
  readonly pixels: number;
  readonly channels: number;
  readonly radius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

const lrnCases: fc.Arbitrary<LrnCase> = fc.record({
  pixels: fc.integer({ min: 1, max: 13 }),
  channels: fc.oneof(fc.integer({ min: 1, max: 26 }), fc.constant(96)),
  radius: fc.integer({ min: 0, max: 6 }),
  bias: fc.constantFrom(1, 2),
  alpha: fc.constantFrom(1e-4, 0.001 / 9, 0.1, 0.5),
  beta: fc.constantFrom(0.75, 0.5, 1, 0.6, 2),
});
const threadCounts = fc.integer({ min: 2, max: 4 });

/** Runs `lrn` on `[x]` or `lrnGradient` on `[dy, x]`. */
function run(
  kernel: 'lrn' | 'lrnGradient',
  operands: readonly Float32Array[],
  { pixels, channels, radius, bias, alpha, beta }: LrnCase,
  threads = 1,
): Float32Array {
  lab.clear();
  const count = pixels * channels;
  const scratchBytes = lrnScratchBytes(channels, radius);
  const [result, scratch] = [lab.result(count), lab.bytes(threads * scratchBytes)];
  const addresses = [...operands.map((values) => lab.floats(values)), result];
  const numbers = [pixels, channels, radius, bias, alpha, beta, scratch, scratchBytes];
  lab.run(kernel, [...addresses, ...numbers], threads);
  expect(slackBehind(lab, result, count)).toEqual(UNTOUCHED);
  expect(slackBehind(lab, scratch, (threads * scratchBytes) / 4)).toEqual(UNTOUCHED);
  return lab.read(result, count);
}

const normalise = ({ radius, bias, alpha, beta }: LrnCase) => {
  return (x: tf.Tensor) =>
    tf.localResponseNormalization(x as tf.Tensor4D, radius, bias, alpha, beta);
};

describe('local response normalisation', () => {
  it('is that of tfjs-cpu, with the same bits for any number of threads', () => {
    fc.assert(
      fc.property(lrnCases, threadCounts, (lrnCase, threads) => {
        const shape = [1, 1, lrnCase.pixels, lrnCase.channels];
        const x = sampleValues(shape, 1);
        const reference = tf.tidy(() =>
          normalise(lrnCase)(tf.tensor(x, shape)).dataSync<'float32'>(),
        );

        const one = run('lrn', [x], lrnCase);

        expect(relativeError(one, reference)).toBeLessThan(1e-5);
        expect(run('lrn', [x], lrnCase, threads)).toEqual(one);
      }),
    );
  });

  it('loses nothing of a small sum beside a large one', () => {
    const lrnCase = { pixels: 1, channels: 6, radius: 1, bias: 0, alpha: 1, beta: 0.5 };

    const y = run('lrn', [new Float32Array([1e4, 1, 1e-2, 1e-2, 1e-2, 1])], lrnCase);

    // The window of the fourth holds three times 0.01: 0.01 / sqrt(3 * 0.01^2).
    expect(y[3]).toBeCloseTo(1 / Math.sqrt(3), 6);
  });

  it('keeps what is no number within the reach of its window', () => {
    const lrnCase = { pixels: 2, channels: 7, radius: 2, bias: 1, alpha: 1, beta: 0.75 };
    const x = new Float32Array(14).fill(1);
    x[1] = Number.NaN;

    const y = run('lrn', [x], lrnCase);

    expect([...y.keys()].filter((i) => Number.isNaN(y[i]))).toEqual([0, 1, 2, 3]);
  });
});

describe('the gradient of local response normalisation', () => {
  it('is that of tfjs-cpu, with the same bits for any number of threads', () => {
    fc.assert(
      fc.property(lrnCases, threadCounts, (lrnCase, threads) => {
        const shape = [1, 1, lrnCase.pixels, lrnCase.channels];
        const [x, dy] = [sampleValues(shape, 1), sampleValues(shape, 2)];
        const reference = tf.tidy(() =>
          tf
            .grad(normalise(lrnCase))(tf.tensor(x, shape), tf.tensor(dy, shape))
            .dataSync<'float32'>(),
        );

        const one = run('lrnGradient', [dy, x], lrnCase);

        expect(relativeError(one, reference)).toBeLessThan(1e-4);
        expect(run('lrnGradient', [dy, x], lrnCase, threads)).toEqual(one);
      }),
    );
  });

  it('is the slope of the output', () => {
    fc.assert(
      fc.property(lrnCases, (lrnCase) => {
        const shape = [lrnCase.pixels, lrnCase.channels];
        const [x, dy, direction] = [1, 2, 3].map((salt) => sampleValues(shape, salt));
        if (!x || !dy || !direction) throw new Error('three samples');
        const dot = (a: Float32Array, b: Float32Array) =>
          a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
        const lossAt = (step: number) => {
          const moved = x.map((value, i) => value + step * (direction[i] ?? 0));
          return dot(run('lrn', [moved], lrnCase), dy);
        };

        const gradient = run('lrnGradient', [dy, x], lrnCase);

        const slope = (lossAt(0.01) - lossAt(-0.01)) / 0.02;
        const steepest = Math.hypot(...gradient) * Math.hypot(...direction);
        expect(Math.abs(slope - dot(gradient, direction)) / steepest).toBeLessThan(2e-3);
      }),
    );
  });
});
