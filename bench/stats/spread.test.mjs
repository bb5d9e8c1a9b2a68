import { describe, expect, it } from 'vitest';
import { median, medianRatio, spreadOf } from './spread.mjs';

describe('the spread of measurements', () => {
  it('tells the fastest, the middle and the slowest, whatever their order', () => {
    expect(spreadOf([30, 10, 20])).toEqual({ fastest: 10, median: 20, slowest: 30 });
  });

  it('has the mean of both in the middle where there is none', () => {
    expect(median([4, 1, 3, 100])).toBe(3.5);
    expect(median([7])).toBe(7);
  });

  it('compares round by round, so that a bad minute of both is nobody’s', () => {
    expect(medianRatio([20, 200, 30], [10, 100, 10])).toBe(2);
  });

  it('is of something', () => {
    expect(() => median([])).toThrow('A median is of something.');
  });
});
