import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movingAverage } from './movingAverage.ts';

const smoothing = fc.double({ min: 0, max: 1, noNaN: true });
const series = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1 });
const stepsOf = (values: readonly number[], spacing = 1) => values.map((_, i) => (i + 1) * spacing);

describe('the moving average', () => {
  it('is the curve itself without smoothing', () => {
    fc.assert(
      fc.property(series, (values) => {
        // The sum begins at 0, which turns -0 into 0.
        const expected = values.map((value) => value + 0);
        expect([...movingAverage(stepsOf(values), values, 0)]).toEqual(expected);
      }),
    );
  });

  it('begins at the first value and stays on a level curve', () => {
    fc.assert(
      fc.property(fc.double({ min: -9, max: 9, noNaN: true }), smoothing, (level, slider) => {
        const averages = movingAverage([1, 2, 3, 9], [level, level, level, level], slider);
        for (const average of averages) expect(average).toBeCloseTo(level, 9);
      }),
    );
  });

  it('stays between the extremes', () => {
    fc.assert(
      fc.property(series, smoothing, (values, slider) => {
        for (const average of movingAverage(stepsOf(values), values, slider)) {
          expect(average).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
          expect(average).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        }
      }),
    );
  });

  it('weighs by sqrt(slider): with 0.25 each point counts half of the next', () => {
    const [, , last] = movingAverage([1, 2, 3], [4, 8, 16], 0.25);
    expect(last).toBeCloseTo((16 + 8 / 2 + 4 / 4) / (1 + 1 / 2 + 1 / 4), 12);
  });

  it('weighs by the distance in steps', () => {
    const [, near] = movingAverage([10, 11], [0, 1], 0.25);
    const [, far] = movingAverage([10, 20], [0, 1], 0.25);
    expect(near).toBeCloseTo(1 / 1.5, 12);
    expect(far).toBeCloseTo(1 / (1 + 0.5 ** 10), 12);
    expect(movingAverage([10, 20], [0, 1], 0.25, 10)[1]).toBeCloseTo(1 / 1.5, 12);
  });

  it('never changes a point that was drawn', () => {
    fc.assert(
      fc.property(series, series, smoothing, (early, late, slider) => {
        const all = [...early, ...late];
        const averages = movingAverage(stepsOf(all), all, slider);
        expect(averages.slice(0, early.length)).toEqual(
          movingAverage(stepsOf(early), early, slider),
        );
      }),
    );
  });

  it('passes over what is no number', () => {
    const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
    const averages = movingAverage([1, 2, 3, 4], [nan, 4, infinity, 8], 0.25);
    expect([...averages.slice(0, 3)]).toEqual([nan, 4, 4]);
    expect(averages[3]).toBeCloseTo((8 + 4 / 4) / (1 + 1 / 4), 12);
  });

  it('never stands still, even with the slider at its end', () => {
    const [, second] = movingAverage([1, 2], [0, 1], 1);
    expect(second).toBeCloseTo(1 / 1.999, 12);
  });
});
