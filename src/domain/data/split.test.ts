import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultValidationCount, splitTraining } from './split.ts';

describe('the training split', () => {
  it('puts every image on exactly one side', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), fc.nat(), (a, b, seed) => {
        const [validationCount, count] = [Math.min(a, b), Math.max(a, b)];
        const { training, validation } = splitTraining(count, validationCount, seed);
        expect(validation).toHaveLength(validationCount);
        const all = [...training, ...validation].sort((x, y) => x - y);
        expect(all).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
    );
  });

  it('is in random order on both sides, so that the first few stand for all', () => {
    const { training, validation } = splitTraining(60_000, 5000, 7);
    for (const side of [training, validation]) {
      const mean = side.subarray(0, 1000).reduce((sum, index) => sum + index, 0) / 1000;
      // The mean of 1000 uniform draws has an sd of 548.
      expect(Math.abs(mean - 30_000)).toBeLessThan(4 * 548);
    }
  });

  it('is decided by the seed alone', () => {
    expect(splitTraining(500, 50, 7)).toEqual(splitTraining(500, 50, 7));
    expect(splitTraining(500, 50, 7)).not.toEqual(splitTraining(500, 50, 8));
  });
});

describe('the default validation count', () => {
  it("is 5,000 of MNIST's 60,000, and leaves something on both sides", () => {
    expect(defaultValidationCount(60_000)).toBe(5000);
    expect([0, 1, 2, 11, 12, 24].map(defaultValidationCount)).toEqual([0, 0, 1, 1, 1, 2]);
  });
});
