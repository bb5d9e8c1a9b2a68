import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcnemarTest } from './mcnemar.ts';

const counts = fc.integer({ min: 0, max: 3000 });

describe("McNemar's test", () => {
  it('is exact where few images tell the networks apart', () => {
    // S. Raschka, "Model evaluation, model selection, and algorithm selection", 2018, section 4: 11 and 1.
    expect(mcnemarTest(11, 1)).toEqual({ p: 0.00634765625, method: 'exact' });
    // C(5, 0) / 2^5, on both sides.
    expect(mcnemarTest(0, 5).p).toBe(0.0625);
  });

  it('is that of chi-squared, corrected for continuity, where there are more', () => {
    // Ibid.: 25 and 15, chi-squared 2.025.
    const { p, method } = mcnemarTest(25, 15);
    expect(method).toBe('chiSquared');
    expect(p).toBeCloseTo(0.154728923485, 6);
  });

  // The critical values of chi-squared of one degree of freedom: 3.841, 6.635, 10.828.
  it.each([
    [3.841459, 0.05],
    [6.634897, 0.01],
    [10.827566, 0.001],
  ])('has the quantile %d at %d', (chiSquared, p) => {
    const n = 10_000;
    const difference = Math.sqrt(chiSquared * n) + 1;
    expect(mcnemarTest((n + difference) / 2, (n - difference) / 2).p).toBeCloseTo(p, 6);
  });

  it('says nothing where both are right on the same images, or as often alone', () => {
    expect(mcnemarTest(0, 0).p).toBe(1);
    expect(mcnemarTest(4, 4).p).toBe(1);
    expect(mcnemarTest(40, 40).p).toBeCloseTo(1, 6);
  });

  it('is a probability, whichever network comes first', () => {
    fc.assert(
      fc.property(counts, counts, (b, c) => {
        const { p } = mcnemarTest(b, c);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(mcnemarTest(c, b).p).toBe(p);
      }),
    );
  });
});
