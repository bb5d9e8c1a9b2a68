import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();

function tanhOf(values: Float32Array, threads = 1): Float32Array {
  lab.clear();
  const y = lab.floats(values);
  lab.run('tanhInPlace', [y, values.length], threads);
  expect(slackBehind(lab, y, values.length)).toEqual(UNTOUCHED);
  return lab.read(y, values.length);
}

it('tanh of any number is right to 5e-7 of itself, whatever the number of threads', () => {
  const values = fc.float32Array({ minLength: 1, maxLength: 70, noNaN: true });
  const near = fc.float({ min: -10, max: 10, noNaN: true });
  const ordinary = fc.array(near, { minLength: 1, maxLength: 70 }).map((x) => Float32Array.from(x));
  fc.assert(
    fc.property(fc.oneof(values, ordinary), fc.integer({ min: 2, max: 4 }), (x, threads) => {
      const actual = tanhOf(x);

      expect(tanhOf(x, threads)).toEqual(actual);
      for (const [i, value] of x.entries()) {
        const expected = Math.tanh(value);
        // The smallest numbers have fewer digits.
        const allowed = Math.max(5e-7 * Math.abs(expected), 2 ** -140);
        expect(Math.abs((actual[i] ?? Number.NaN) - expected)).toBeLessThanOrEqual(allowed);
      }
    }),
  );
});

it('tanh from 2^-20 to 16, in small steps, is right to 5e-7 of itself', () => {
  const x = Float32Array.from({ length: 24_000 }, (_, i) => 2 ** (i / 1000 - 20) * (-1) ** i);

  const errors = tanhOf(x).map((y, i) => Math.abs(y / Math.tanh(x[i] ?? 0) - 1));

  expect(Math.max(...errors)).toBeLessThan(5e-7);
});

it('tanh has limits, keeps the sign of zero and hides nothing that is no number', () => {
  const [infinity, nan] = [Number.POSITIVE_INFINITY, Number.NaN];

  expect([...tanhOf(Float32Array.of(infinity, -infinity, 0, -0, nan))]).toEqual([
    1,
    -1,
    0,
    -0,
    nan,
  ]);
});
