import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracyInterval, wilsonInterval } from './wilson.ts';

const trials = fc
  .integer({ min: 1, max: 5000 })
  .chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)));

describe('the interval of a share', () => {
  it('is that of the books', () => {
    // statsmodels.stats.proportion.proportion_confint(27, 30, method='wilson')
    const { low, high } = wilsonInterval(27, 30);
    expect(low).toBeCloseTo(0.7438, 4);
    expect(high).toBeCloseTo(0.9654, 4);
  });

  // Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('is as published for %d of %d', (right, total, low, high) => {
    expect(wilsonInterval(right, total).low).toBeCloseTo(low, 4);
    expect(wilsonInterval(right, total).high).toBeCloseTo(high, 4);
    expect(accuracyInterval(right / total, total).high).toBeCloseTo(high, 4);
  });

  it('has the share within, and lies within 0 and 1', () => {
    fc.assert(
      fc.property(trials, ([right, total]) => {
        const { low, high } = wilsonInterval(right, total);
        const share = right / total;
        expect(low).toBeLessThanOrEqual(share + 1e-12);
        expect(high).toBeGreaterThanOrEqual(share - 1e-12);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('narrows as there are more', () => {
    fc.assert(
      fc.property(trials, ([right, total]) => {
        const width = (one: { low: number; high: number }) => one.high - one.low;
        expect(width(wilsonInterval(2 * right, 2 * total))).toBeLessThan(
          width(wilsonInterval(right, total)),
        );
      }),
    );
  });
});
