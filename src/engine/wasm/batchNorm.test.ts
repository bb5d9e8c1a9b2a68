import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativeError, sampleValues } from '../testing/compare.ts';
import { tf } from '../tfjs/tf.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

const EPSILON = 1e-3;
const MOMENTUM = 0.9;

interface Extents {
  readonly rows: number;
  readonly channels: number;
}

const extents: fc.Arbitrary<Extents> = fc.record({
  rows: fc.oneof(fc.integer({ min: 2, max: 40 }), fc.constantFrom(256, 259)),
  channels: fc.integer({ min: 1, max: 18 }),
});
const threadCounts = fc.integer({ min: 2, max: 4 });

/** A batch away from zero, its gradient, and the layer's weights and moving averages. */
function operandsOf({ rows, channels }: Extents) {
  const vector = (salt: number) => sampleValues([channels], salt);
  return {
    x: sampleValues([rows, channels], 1).map((value) => 3 + 2 * value),
    dy: sampleValues([rows, channels], 2),
    gamma: vector(3),
    beta: vector(4),
    movingMean: vector(5),
    movingVariance: vector(6).map(Math.abs),
  };
}

type Operands = ReturnType<typeof operandsOf>;

/** The layer forward and backward, as so many threads. */
function run({ rows, channels }: Extents, operands: Operands, threads = 1) {
  lab.clear();
  const [x, dy] = [lab.floats(operands.x), lab.floats(operands.dy)];
  const [gamma, beta] = [lab.floats(operands.gamma), lab.floats(operands.beta)];
  const movingMean = lab.floats(operands.movingMean);
  const movingVariance = lab.floats(operands.movingVariance);
  const vectors = Array.from({ length: 5 }, () => lab.result(channels));
  const [mean = 0, variance = 0, dgamma = 0, dbeta = 0, meanGradient = 0] = vectors;
  const [y, dx] = [lab.result(rows * channels), lab.result(rows * channels)];
  const size = [rows, channels];
  const moments = [mean, variance, movingMean, movingVariance];
  lab.run('batchMoments', [x, ...moments, ...size, MOMENTUM], threads);
  lab.run('batchNorm', [x, mean, variance, gamma, beta, y, ...size, EPSILON], threads);
  const gradients = [dgamma, dbeta, meanGradient];
  lab.run(
    'batchNormWeightGradients',
    [dy, x, mean, variance, ...gradients, ...size, EPSILON],
    threads,
  );
  lab.run(
    'batchNormInputGradient',
    [dy, x, mean, variance, gamma, dgamma, meanGradient, dx, ...size, EPSILON],
    threads,
  );
  for (const at of [...vectors, movingMean, movingVariance]) {
    expect(slackBehind(lab, at, channels)).toEqual(UNTOUCHED);
  }
  for (const at of [y, dx]) expect(slackBehind(lab, at, rows * channels)).toEqual(UNTOUCHED);
  return {
    ...{ y: lab.read(y, rows * channels), dx: lab.read(dx, rows * channels) },
    ...{ dgamma: lab.read(dgamma, channels), dbeta: lab.read(dbeta, channels) },
    ...{ mean: lab.read(mean, channels), variance: lab.read(variance, channels) },
    movingMean: lab.read(movingMean, channels),
    movingVariance: lab.read(movingVariance, channels),
  };
}

/** Moments, normalisation and gradients as tfjs-cpu has them. */
function reference({ rows, channels }: Extents, { x, dy, gamma, beta }: Operands) {
  const normalise = (input: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) => {
    const { mean, variance } = tf.moments(input, 0);
    return tf.batchNorm2d(
      ...([input, mean, variance, shift, scale, EPSILON] as Parameters<typeof tf.batchNorm2d>),
    );
  };
  return tf.tidy(() => {
    const inputs = [tf.tensor(x, [rows, channels]), tf.tensor1d(gamma), tf.tensor1d(beta)] as const;
    const grads = tf.grads(normalise)([...inputs], tf.tensor(dy, [rows, channels]));
    const [dx, dgamma, dbeta] = grads.map((gradient) => gradient.dataSync<'float32'>());
    if (!dx || !dgamma || !dbeta) throw new Error('three gradients');
    return { y: normalise(...inputs).dataSync<'float32'>(), dx, dgamma, dbeta };
  });
}

describe('batch normalisation', () => {
  it('is that of tfjs-cpu forward and backward, with the same bits for any number of threads', () => {
    fc.assert(
      fc.property(extents, threadCounts, (size, threads) => {
        const operands = operandsOf(size);
        const expected = reference(size, operands);

        const one = run(size, operands);

        expect(relativeError(one.y, expected.y)).toBeLessThan(1e-5);
        expect(relativeError(one.dbeta, expected.dbeta)).toBeLessThan(1e-5);
        expect(relativeError(one.dgamma, expected.dgamma)).toBeLessThan(1e-4);
        expect(relativeError(one.dx, expected.dx)).toBeLessThan(1e-3);
        expect(run(size, operands, threads)).toEqual(one);
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  it('gives every channel mean beta and standard deviation gamma', () => {
    const size = { rows: 500, channels: 7 };
    const operands = operandsOf(size);

    const { y } = run(size, operands);

    for (let channel = 0; channel < 7; channel++) {
      const column = y.filter((_, i) => i % 7 === channel);
      const mean = column.reduce((sum, value) => sum + value, 0) / 500;
      const square = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 500;
      expect(mean).toBeCloseTo(operands.beta[channel] ?? Number.NaN, 4);
      expect(Math.sqrt(square)).toBeCloseTo(Math.abs(operands.gamma[channel] ?? Number.NaN), 2);
    }
  });

  it('loses no small variance beside a large mean', () => {
    const size = { rows: 4096, channels: 1 };
    const x = sampleValues([4096], 1).map((value) => 1000 + 0.1 * value);
    const exactMean = x.reduce((sum, value) => sum + value, 0) / 4096;
    const exact = x.reduce((sum, value) => sum + (value - exactMean) ** 2, 0) / 4096;

    const { variance } = run(size, { ...operandsOf(size), x });

    // The sum of squares less the square of the sum would not have a digit of it.
    expect(Math.abs((variance[0] ?? 0) - exact) / exact).toBeLessThan(1e-4);
  });

  it('moves its averages by a tenth of the way', () => {
    const size = { rows: 40, channels: 5 };
    const operands = operandsOf(size);

    const { mean, variance, movingMean, movingVariance } = run(size, operands);

    const moved = (old: Float32Array, value: Float32Array) =>
      old.map((before, i) => 0.9 * before + 0.1 * (value[i] ?? Number.NaN));
    expect(relativeError(movingMean, moved(operands.movingMean, mean))).toBeLessThan(1e-6);
    expect(relativeError(movingVariance, moved(operands.movingVariance, variance))).toBeLessThan(
      1e-6,
    );
  });

  it('makes of a channel that is the same everywhere its shift, and passes no gradient on', () => {
    const size = { rows: 12, channels: 2 };
    const operands = { ...operandsOf(size), x: new Float32Array(24) };

    const { y, dgamma } = run(size, operands);

    expect(y).toEqual(Float32Array.from({ length: 24 }, (_, i) => operands.beta[i % 2] ?? 0));
    expect(dgamma).toEqual(new Float32Array(2));
  });
});

describe('the gradients of batch normalisation', () => {
  it('are the slopes of the output', () => {
    fc.assert(
      fc.property(extents, (size) => {
        const operands = operandsOf(size);
        const step = 1e-2;
        const dot = (a: Float32Array, b: Float32Array) =>
          a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
        const gradients = run(size, operands);
        for (const [name, gradient] of [
          ['x', gradients.dx],
          ['gamma', gradients.dgamma],
          ['beta', gradients.dbeta],
        ] as const) {
          const direction = sampleValues([operands[name].length], 7);
          const lossAt = (by: number) => {
            const moved = operands[name].map((value, i) => value + by * (direction[i] ?? 0));
            return dot(run(size, { ...operands, [name]: moved }).y, operands.dy);
          };

          const slope = (lossAt(step) - lossAt(-step)) / (2 * step);

          const steepest = Math.hypot(...gradient) * Math.hypot(...direction);
          expect(Math.abs(slope - dot(gradient, direction)) / steepest).toBeLessThan(5e-3);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('the gradient where mean and variance stand still', () => {
  it('is that of the output by every row, with the same bits for any number of threads', () => {
    fc.assert(
      fc.property(extents, threadCounts, ({ rows, channels }, threads) => {
        const { dy, gamma, movingVariance } = operandsOf({ rows, channels });
        const expected = dy.map((value, i) => {
          const deviation = Math.sqrt((movingVariance[i % channels] ?? 0) + EPSILON);
          return (value * (gamma[i % channels] ?? 0)) / deviation;
        });
        const gradient = (by: number) => {
          lab.clear();
          const given = [dy, movingVariance, gamma].map((values) => lab.floats(values));
          const dx = lab.result(rows * channels);
          lab.run('batchNormStillGradient', [...given, dx, rows, channels, EPSILON], by);
          expect(slackBehind(lab, dx, rows * channels)).toEqual(UNTOUCHED);
          return lab.read(dx, rows * channels);
        };

        const one = gradient(1);

        expect(relativeError(one, expected)).toBeLessThan(1e-6);
        expect(gradient(threads)).toEqual(one);
      }),
      { numRuns: 25 },
    );
  });
});
