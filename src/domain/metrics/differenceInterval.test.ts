import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceEstimate, MOST_RUNS, shareEstimate, type Tally } from './differenceInterval.ts';
import { wilsonInterval } from './wilson.ts';

const tally = (right: number, images: number): Tally => ({ right, images });
const difference = (a: Tally, b: Tally, bothRight?: number) =>
  differenceEstimate([{ first: a, second: b, bothRight }]);

const runs = fc.integer({ min: 1, max: 3000 }).chain((images) =>
  fc.array(
    fc.integer({ min: 0, max: images }).map((right) => tally(right, images)),
    { minLength: 1, maxLength: MOST_RUNS },
  ),
);

describe('the interval of a difference of two shares', () => {
  // Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10.
  it.each([
    [tally(56, 70), tally(48, 80), 0.0524, 0.3339],
    [tally(9, 10), tally(3, 10), 0.1705, 0.809],
    [tally(5, 56), tally(0, 29), -0.0381, 0.1926],
    [tally(0, 10), tally(0, 10), -0.2775, 0.2775],
  ])('is as published for different images: %o, %o', (first, second, low, high) => {
    expect(difference(first, second).low).toBeCloseTo(low, 4);
    expect(difference(first, second).high).toBeCloseTo(high, 4);
  });

  it('is as published for the same images', () => {
    // Newcombe 1998, Statistics in Medicine 17, 2635-2650: 36 both, 12 and 2 in one alone, 0 neither.
    const { low, high } = difference(tally(48, 50), tally(38, 50), 36);
    expect(low).toBeCloseTo(0.0569, 4);
    expect(high).toBeCloseTo(0.3404, 4);
  });

  it('is narrower where both fail on the same images', () => {
    const alike = difference(tally(970, 1000), tally(960, 1000), 958);
    const unknown = difference(tally(970, 1000), tally(960, 1000));
    expect(alike.high - alike.low).toBeLessThan(unknown.high - unknown.low);
  });
});

describe('the interval over several runs', () => {
  it('is that of Student where there are images without end', () => {
    const images = 1e12;
    const shares = [0.97, 0.975, 0.965].map((share) => tally(share * images, images));
    const { mean, spread, low, high } = shareEstimate(shares);
    // scipy.stats.t.interval(0.95, 2, 0.97, 0.005 / sqrt(3))
    expect([mean, spread, low, high].map((value) => value?.toFixed(5))).toEqual([
      ...['0.97000', '0.00500', '0.95758', '0.98242'],
    ]);
  });

  it('is no narrower than that of one run, however alike the runs are', () => {
    const { low, high } = wilsonInterval(970, 1000);
    const three = shareEstimate([tally(970, 1000), tally(970, 1000), tally(970, 1000)]);
    expect(three.spread).toBeCloseTo(0, 12);
    expect(three.low).toBeCloseTo(low, 12);
    expect(three.high).toBeCloseTo(high, 12);
  });

  it('has the mean within, and turns round with the difference', () => {
    fc.assert(
      fc.property(runs, runs, (a, b) => {
        const pairs = a.flatMap((first, i) => (b[i] ? [{ first, second: b[i] }] : []));
        const there = differenceEstimate(pairs);
        const back = differenceEstimate(
          pairs.map(({ first, second }) => ({ first: second, second: first })),
        );
        expect(there.low).toBeLessThanOrEqual(there.mean);
        expect(there.high).toBeGreaterThanOrEqual(there.mean);
        expect(back.low).toBeCloseTo(-there.high, 9);
        expect(back.high).toBeCloseTo(-there.low, 9);
      }),
    );
  });
});
