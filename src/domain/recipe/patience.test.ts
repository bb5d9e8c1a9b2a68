import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestValidation, outOfPatience } from './patience.ts';

/** Validations every 100 steps with these losses. */
const validations = (...losses: number[]) =>
  losses.map((loss, i) => ({ step: 100 * (i + 1), loss, accuracy: 0.5, images: 50 }));

describe('early stopping', () => {
  it('waits as long as the loss falls', () => {
    expect(outOfPatience(validations(5, 4, 3, 2, 1), 1)).toBeUndefined();
  });

  it('ends after so many validations without a lower loss, and names the best step', () => {
    expect(outOfPatience(validations(5, 2, 3), 2)).toBeUndefined();
    expect(outOfPatience(validations(5, 2, 3, 4), 2)).toBe(200);
    expect(outOfPatience(validations(5, 2, 3, 1.9, 4), 2)).toBeUndefined();
  });

  it('does not take an equal loss for a lower one', () => {
    expect(outOfPatience(validations(2, 2, 2), 2)).toBe(100);
    expect(bestValidation(validations(3, 2, 2))?.step).toBe(200);
  });

  it('never ends a run without patience, or without validations', () => {
    const losses = fc.array(fc.double({ min: 0, max: 10, noNaN: true }));
    fc.assert(
      fc.property(losses, (all) => {
        expect(outOfPatience(validations(...all), 0)).toBeUndefined();
      }),
    );
    expect(outOfPatience([], 1)).toBeUndefined();
    expect(bestValidation([])).toBeUndefined();
  });

  it('ends exactly when the lowest loss lies so far back', () => {
    const losses = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 });
    fc.assert(
      fc.property(losses, fc.integer({ min: 1, max: 6 }), (all, patience) => {
        const lowest = all.indexOf(Math.min(...all));
        const since = all.length - 1 - lowest;
        const expected = since >= patience ? 100 * (lowest + 1) : undefined;
        expect(outOfPatience(validations(...all), patience)).toBe(expected);
      }),
    );
  });
});
