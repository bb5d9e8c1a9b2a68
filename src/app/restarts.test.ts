import { expect, it } from 'vitest';
import { Restarts } from './restarts.ts';

it('restarts at once, and after two within a minute every half minute', () => {
  let now = 0;
  const restarts = new Restarts(() => now);
  expect(restarts.next()).toBe(0);
  now = 20_000;
  expect(restarts.next()).toBe(0);
  now = 40_000;
  expect(restarts.next()).toBe(30_000);
  now = 70_000;
  expect(restarts.next()).toBe(30_000);
  now = 200_000;
  expect(restarts.next()).toBe(0);
});
