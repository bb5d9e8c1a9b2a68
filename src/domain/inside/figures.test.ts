import { describe, expect, it } from 'vitest';
import { histogramOf } from './histogram.ts';
import { UnitCensus } from './unitCensus.ts';

describe('the census of units', () => {
  it('counts the images in which each answers, wherever, and those that never do', () => {
    const census = new UnitCensus(3);
    // Two images of two pixels with three filters.
    census.add(Float32Array.of(1, 0, 0, 2, 0, -1, 0, 0, 0, 3, 0, 0), 2);
    census.add(Float32Array.of(0, 0.1, 0, 0, 0, 0), 1);
    expect([...census.active]).toEqual([2, 1, 0]);
    expect([census.images, census.dead]).toEqual([3, 1]);
  });

  it('takes no number that is not one for an answer', () => {
    const census = new UnitCensus(1);
    census.add(Float32Array.of(Number.NaN), 1);
    expect(census.dead).toBe(1);
  });
});

describe('a histogram', () => {
  it('has each number in a bin, the greatest in the last', () => {
    expect(histogramOf([0, 1, 2, 3, 4], 2)).toEqual({
      ...{ least: 0, greatest: 4, counts: [2, 3], zeros: 1, mean: 2, deviation: Math.sqrt(2) },
    });
  });

  it('is there of one value, passes over what is not finite, and is not there of nothing', () => {
    const one = histogramOf([7, Number.NaN, 7, Infinity], 3);
    expect(one).toMatchObject({ least: 7, greatest: 7, counts: [2, 0, 0], deviation: 0 });
    expect(histogramOf([Number.NaN])).toBeUndefined();
  });
});
