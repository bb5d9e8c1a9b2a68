import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracyAxis, linearAxis, logAxis, signedAxis, stepAxis, timeAxis } from './axis.ts';

const losses = fc.array(fc.double({ min: 1e-8, max: 1e6, noNaN: true }), { minLength: 1 });

describe('the axis of steps', () => {
  it('is as wide as the run and has round numbers', () => {
    expect(stepAxis(1500, 5)).toEqual({ domain: [0, 1500], ticks: [0, 500, 1000, 1500] });
    expect(stepAxis(37, 4)).toEqual({ domain: [0, 37], ticks: [0, 10, 20, 30] });
    expect(stepAxis(1, 5)).toEqual({ domain: [0, 1], ticks: [0, 1] });
  });

  it('never has more lines than there is room for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (steps) => {
        expect(stepAxis(steps, 5).ticks.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe('the axis of the seconds', () => {
  it('ends where the longest run does, however short it was', () => {
    expect(timeAxis(15.4, 5)).toEqual({ domain: [0, 15.4], ticks: [0, 5, 10, 15] });
    expect(timeAxis(0.4, 5)).toEqual({ domain: [0, 0.4], ticks: [0, 0.1, 0.2, 0.3, 0.4] });
    expect(timeAxis(0, 5).domain).toEqual([0, 1]);
  });
});

describe('the axis of the gap', () => {
  it('goes from a round number below all values and 0 to one above', () => {
    expect(signedAxis([-0.29, 0.31], 5)).toEqual({
      ...{ domain: [-0.4, 0.4], ticks: [-0.4, -0.2, 0, 0.2, 0.4] },
    });
    expect(signedAxis([0.1], 5).domain[0]).toBe(0);
    expect(signedAxis([-0.1], 5).domain[1]).toBe(0);
    expect(signedAxis([], 5).domain).toEqual([0, 0.2]);
  });

  it('holds every value, with a line at 0', () => {
    const gap = fc.double({ min: -5, max: 5, noNaN: true });
    const gaps = fc.array(gap.filter((value) => value === 0 || Math.abs(value) > 1e-9));
    fc.assert(
      fc.property(gaps, (values) => {
        const { domain, ticks } = signedAxis(values, 5);
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(domain[0] - 1e-6);
          expect(value).toBeLessThanOrEqual(domain[1] + 1e-6);
        }
        expect(ticks).toContain(0);
      }),
    );
  });
});

describe('the axis of the loss', () => {
  it('goes from zero to a round number above all', () => {
    expect(linearAxis(0, [0.3, 2.31], 5)).toEqual({
      domain: [0, 2.5],
      ticks: [0, 0.5, 1, 1.5, 2, 2.5],
    });
    expect(linearAxis(0, [], 5).domain).toEqual([0, 1]);
  });

  it('holds every value, in both scales', () => {
    fc.assert(
      fc.property(losses, (values) => {
        for (const { domain, ticks } of [linearAxis(0, values, 5), logAxis(values)]) {
          const [low, high] = domain;
          for (const value of values) {
            expect(Math.max(value, 1e-6)).toBeGreaterThanOrEqual(low);
            expect(value).toBeLessThanOrEqual(high * (1 + 1e-9));
          }
          for (const tick of ticks) expect(tick >= low && tick <= high).toBe(true);
        }
      }),
    );
  });

  it('has powers of ten in the logarithmic scale, and no zero', () => {
    expect(logAxis([0.004, 3]).ticks).toEqual([0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
    expect(logAxis([0.00002, 30]).ticks).toEqual([0.0001, 0.001, 0.01, 0.1, 1, 10]);
    expect(logAxis([0, 1]).domain[0]).toBeGreaterThan(0);
  });
});

describe('the axis of the accuracy', () => {
  it('shows all of it, or the part that is in use', () => {
    expect(accuracyAxis([0.93, 0.99], false).domain).toEqual([0, 1]);
    expect(accuracyAxis([0.93, 0.99], true)).toEqual({
      ...{ domain: [0.92, 1], ticks: [0.92, 0.94, 0.96, 0.98, 1] },
    });
    expect(accuracyAxis([0.1, 0.99], true).domain).toEqual([0, 1]);
    expect(accuracyAxis([1], true).domain[0]).toBeLessThan(1);
  });
});
