import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareInterval } from './errorInterval.ts';

describe('the interval of a measured share', () => {
  it('is that of the literature', () => {
    // Wilson's interval of 15 of 50, as in Brown, Cai and DasGupta 2001.
    const [low, high] = shareInterval(0.3, 50);
    expect(low).toBeCloseTo(0.191, 3);
    expect(high).toBeCloseTo(0.4375, 3);
  });

  it('has a width even where nothing failed, and says nothing where nothing was tried', () => {
    const [low, high] = shareInterval(0, 10_000);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(0.000384, 6);
    expect(shareInterval(0.5, 0)).toEqual([0, 1]);
  });

  it('holds the share, stays within 0 and 1, and narrows as more are tried', () => {
    const trials = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(trials, fc.double({ min: 0, max: 1, noNaN: true }), (count, quantile) => {
        const share = Math.round(quantile * count) / count;
        const [low, high] = shareInterval(share, count);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(share).toBeGreaterThanOrEqual(low - 1e-12);
        expect(share).toBeLessThanOrEqual(high + 1e-12);
        const [narrowLow, narrowHigh] = shareInterval(share, 10 * count);
        expect(narrowHigh - narrowLow).toBeLessThan(high - low);
      }),
    );
  });
});
