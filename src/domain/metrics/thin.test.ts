import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thin } from './thin.ts';

interface Point {
  readonly step: number;
  readonly value: number;
}

const curve = (values: readonly number[]): Point[] =>
  values.map((value, step) => ({ step, value }));
const curves = fc.array(fc.double({ min: -1e6, max: 1e6 }), { maxLength: 500 }).map(curve);
const limits = fc.integer({ min: 2, max: 80 });
const heightOf = ({ value }: Point) => value;

describe('a thinned curve', () => {
  it('has at most so many points, all of the curve, in its order', () => {
    fc.assert(
      fc.property(curves, limits, (points, limit) => {
        const thinned = thin(points, limit, heightOf);
        expect(thinned.length).toBeLessThanOrEqual(Math.max(limit, 0));
        for (const point of thinned) expect(points[point.step]).toBe(point);
        const steps = thinned.map(({ step }) => step);
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
      }),
    );
  });

  it('begins and ends where the curve does', () => {
    fc.assert(
      fc.property(curves, limits, (points, limit) => {
        const thinned = thin(points, limit, heightOf);
        expect(thinned[0]).toBe(points[0]);
        expect(thinned.at(-1)).toBe(points.at(-1));
      }),
    );
  });

  it('reaches as low and as high as the curve', () => {
    const finite = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(finite, fc.integer({ min: 4, max: 40 }), (values, limit) => {
        const kept = thin(curve(values), limit, heightOf).map(heightOf);
        expect(Math.min(...kept)).toBe(Math.min(...values));
        expect(Math.max(...kept)).toBe(Math.max(...values));
      }),
    );
  });

  it('keeps the one outlier of a long run', () => {
    const values = new Array<number>(50_000).fill(1);
    values[31_234] = 40;
    expect(thin(curve(values), 400, heightOf)).toContainEqual({ step: 31_234, value: 40 });
  });

  it('is the curve itself where it is short enough', () => {
    expect(thin(curve([3, 1, 2]), 3, heightOf)).toEqual(curve([3, 1, 2]));
    expect(thin(curve([]), 2, heightOf)).toEqual([]);
  });
});
