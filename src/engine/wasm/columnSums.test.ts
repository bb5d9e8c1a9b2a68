import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleValues } from '../testing/compare.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();

function columnSums(x: Float32Array, columns: number, threads = 1): Float32Array {
  lab.clear();
  const sums = lab.result(columns);
  lab.run('columnSums', [lab.floats(x), sums, x.length / columns, columns], threads);
  expect(slackBehind(lab, sums, columns)).toEqual(UNTOUCHED);
  return lab.read(sums, columns);
}

/** The largest error of a column, relative to the sum of its absolute values. */
function errorOf(sums: Float32Array, x: Float32Array): number {
  const columns = sums.length;
  const errors = Array.from(sums, (sum, j) => {
    let [exact, absolute] = [0, 0];
    for (let i = j; i < x.length; i += columns) {
      exact += x[i] ?? Number.NaN;
      absolute += Math.abs(x[i] ?? Number.NaN);
    }
    return Math.abs(sum - exact) / absolute;
  });
  return Math.max(...errors);
}

describe('the sums of columns', () => {
  it('are those of a plain loop, whatever the number of threads', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 250, max: 600 })),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 2, max: 4 }),
        (rows, columns, threads) => {
          const x = sampleValues([rows, columns], 1);

          const sums = columnSums(x, columns);

          expect(errorOf(sums, x)).toBeLessThan(1e-6);
          expect(columnSums(x, columns, threads)).toEqual(sums);
        },
      ),
    );
  });

  it('of all pixels of a batch are right to 1e-5 where every rounding goes the same way', () => {
    // Added one by one, 1e-4 of the sum is lost; in four sums, 4e-5.
    const x = new Float32Array(25_088 * 3).map((_, i) => [0.1, 1 / 3, 1.000001][i % 3] ?? 0);

    expect(errorOf(columnSums(x, 3), x)).toBeLessThan(1e-5);
  });
});
