import { describe, expect, it } from 'vitest';
import { seedRecipe } from '../../../domain/recipe/recipe.ts';
import { rateCurve } from './sparkline.ts';

const heightsOf = (path: string) =>
  [...path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => 1 - Number(y));

describe('the drawing of the learning rate', () => {
  it('is a level line where the rate is constant', () => {
    const { path, first, highest, last } = rateCurve(seedRecipe);
    expect(new Set(heightsOf(path))).toEqual(new Set([1]));
    expect([first, highest, last]).toEqual([0.001, 0.001, 0.001]);
  });

  it('rises and comes to rest over one cycle', () => {
    const { path, first, highest, last } = rateCurve({ ...seedRecipe, schedule: 'oneCycle' });
    const heights = heightsOf(path);
    expect(heights.indexOf(1) / heights.length).toBeCloseTo(0.3, 1);
    expect(first).toBeCloseTo(0.001 / 25, 6);
    expect(highest).toBeCloseTo(0.001, 5);
    expect(last).toBeLessThan(1e-7);
  });

  it('is a line even for a run of one step', () => {
    expect(rateCurve({ ...seedRecipe, steps: 1 }).path).toBe('M0 0L1 0');
  });
});
