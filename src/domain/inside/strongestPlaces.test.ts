import { expect, it } from 'vitest';
import { StrongestPlaces } from './strongestPlaces.ts';

it('keeps of each filter the strongest places, one an image, the strongest first', () => {
  const found = new StrongestPlaces([2, 2, 2], 2);
  // Pixel by pixel: the first filter, the second.
  found.add(Float32Array.of(1, 0, 5, 0, 4, 0, 0, -1), 0);
  found.add(Float32Array.of(0, 0, 0, 0, 9, 0, 0, 0.5), 1);
  found.add(Float32Array.of(6, 0, 0, 0, 0, 0, 0, 0), 2);
  expect([...found.values]).toEqual([9, 6, 0.5, 0]);
  expect([...found.images]).toEqual([1, 2, 1, 0]);
  expect([...found.ys]).toEqual([1, 0, 1, 0]);
  expect([...found.xs]).toEqual([0, 0, 1, 0]);
});

it('takes each number of a dense layer for a unit, and of equal answers the first', () => {
  const found = new StrongestPlaces([3], 1);
  found.add(Float32Array.of(1, 2, Number.NaN), 4);
  found.add(Float32Array.of(1, 3, 0), 5);
  expect([...found.values]).toEqual([1, 3, 0]);
  expect([...found.images]).toEqual([4, 5, 0]);
});
