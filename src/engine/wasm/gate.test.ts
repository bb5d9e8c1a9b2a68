import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleValues } from '../testing/compare.ts';
import { tf } from '../tfjs/tf.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

const kinds = { relu: 1, tanh: 2 };
const STEP = 1e-4;

describe.each(['relu', 'tanh'] as const)('the gradient through %s', (name) => {
  const gated = (dx: Float32Array, y: Float32Array, scale: number, threads: number) => {
    lab.clear();
    const [at, output] = [lab.floats(dx), lab.floats(y)];
    lab.run('gate', [at, output, dx.length, kinds[name], scale], threads);
    expect(slackBehind(lab, at, dx.length)).toEqual(UNTOUCHED);
    return lab.read(at, dx.length);
  };

  it('is that of tfjs-cpu, whatever the number of threads', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 2, max: 4 }), (n, threads) => {
        const [x, dy] = [sampleValues([n], 1), sampleValues([n], 2)];
        const [y, reference] = tf.tidy(() => [
          Float32Array.from(tf[name](tf.tensor1d(x)).dataSync()),
          Float32Array.from(tf.grad(tf[name])(tf.tensor1d(x), tf.tensor1d(dy)).dataSync()),
        ]);

        const actual = gated(dy, y, 1, 1);

        expect(gated(dy, y, 1, threads)).toEqual(actual);
        for (const [i, expected] of reference.entries()) {
          const difference = Math.abs((actual[i] ?? Number.NaN) - expected);
          expect(difference).toBeLessThanOrEqual(1e-5 * Math.abs(dy[i] ?? 0));
        }
      }),
    );
  });

  it('is the slope of the activation', () => {
    const f = name === 'relu' ? (x: number) => Math.max(0, x) : Math.tanh;
    const x = sampleValues([100], 1).filter((value) => Math.abs(value) > STEP);

    const slopes = gated(new Float32Array(x.length).fill(1), x.map(f), 1, 1);

    for (const [i, value] of x.entries()) {
      expect(slopes[i]).toBeCloseTo((f(value + STEP) - f(value - STEP)) / (2 * STEP), 5);
    }
  });
});

it('the gradient through ReLU and dropout is scaled where dropout let something pass', () => {
  lab.clear();
  const dx = lab.floats([1, -2, 3, 4, 5]);

  lab.run('gate', [dx, lab.floats([0, 0.5, -0, 1e-30, -1]), 5, kinds.relu, 2]);

  expect([...lab.read(dx, 5)]).toEqual([0, -4, 0, 8, 0]);
});
