import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CheckpointPace } from './checkpointPace.ts';

/** How many checkpoints are written, and their bytes, of a run that asks at each step. */
function kept(bytes: number, stepMs: number, hours: number) {
  const pace = new CheckpointPace(0);
  let count = 0;
  for (let ms = 0; ms < hours * 3_600_000; ms += stepMs) if (pace.allows(bytes, ms)) count += 1;
  return { count, bytes: count * bytes };
}

it('a run that asks at each step is bounded in number and in bytes, whatever its size', () => {
  const sizes = fc.double({ min: 1e3, max: 2e9, noNaN: true });
  const steps = fc.integer({ min: 500, max: 60_000 });
  fc.assert(
    fc.property(sizes, steps, (size, stepMs) => {
      const { count, bytes } = kept(size, stepMs, 4);
      expect(count).toBeLessThanOrEqual(100 + 4 * 1800 + 1);
      expect(bytes).toBeLessThanOrEqual(4e9 + 4 * 40e9 + size);
    }),
    { numRuns: 50 },
  );
});

it('the usual ones are written as asked for: every 100 steps of 1,500, and every minute for hours', () => {
  expect(kept(0.75e6, 1000, 15 / 3600).count).toBe(15);
  expect(kept(450e6, 60_000, 8).count).toBe(8 * 60);
});

it('the largest is written all the same', () => {
  expect(new CheckpointPace(0).allows(1e11, 0)).toBe(true);
});
