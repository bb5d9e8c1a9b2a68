import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativeError, sampleValues } from '../testing/compare.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();
/** Where the step says what an average keeps of itself: `assembly/step.ts`. */
const AVERAGE = 16;

/** The average after one update by each of these weights. */
function averageOf(
  start: Float32Array,
  updates: readonly Float32Array[],
  keep: number,
  threads = 1,
) {
  lab.clear();
  const count = start.length;
  const [a, w, step] = [lab.floats(start), lab.result(count), lab.bytes(AVERAGE + 4)];
  lab.writeBytes(step + AVERAGE, new Uint8Array(Float32Array.of(keep).buffer));
  for (const weights of updates) {
    lab.writeBytes(w, new Uint8Array(weights.buffer));
    lab.run('average', [a, w, count, step], threads);
    expect(lab.read(w, count)).toEqual(weights);
  }
  expect(slackBehind(lab, a, count)).toEqual(UNTOUCHED);
  return lab.read(a, count);
}

const counts = fc.integer({ min: 1, max: 70 });
const keeps = fc.double({ min: 0, max: 1, noNaN: true });

describe('the moving average of weights', () => {
  it('is the formula in 64 bits, whatever the number of threads', () => {
    fc.assert(
      fc.property(counts, keeps, fc.integer({ min: 1, max: 4 }), (count, keep, threads) => {
        const start = sampleValues([count], 1);
        const updates = [2, 3, 4].map((salt) => sampleValues([count], salt));
        const expected = start.map((from, i) =>
          updates.reduce((a, weights) => keep * a + (1 - keep) * (weights[i] ?? 0), from),
        );

        const actual = averageOf(start, updates, keep, threads);

        expect(averageOf(start, updates, keep)).toEqual(actual);
        expect(relativeError(actual, expected)).toBeLessThan(1e-6);
      }),
    );
  });

  it('stays where it is, to the bit, where the weights are like it', () => {
    const weights = sampleValues([13], 5);
    for (const keep of [0, 0.3, 0.9999, 1]) {
      expect(averageOf(weights, [weights, weights], keep)).toEqual(weights);
    }
  });

  it('comes to 0 with its weights, and not to subnormal numbers', () => {
    const silent = Array.from({ length: 5000 }, () => new Float32Array(7));
    expect(averageOf(sampleValues([7], 1), silent, 0.98)).toEqual(new Float32Array(7));
  });

  it('does not move where all of it is kept', () => {
    const start = sampleValues([13], 1);
    expect(averageOf(start, [sampleValues([13], 2)], 1)).toEqual(start);
  });
});
