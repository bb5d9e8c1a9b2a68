import { describe, expect, it } from 'vitest';
import { shareOfPeak } from './shares.mjs';

describe('a share of the peak', () => {
  it('is of the highest probe of the same round, and the median of the rounds', () => {
    const probes = [
      { flops: 100, roundsMs: [1, 1, 1] },
      // The highest in the second round alone.
      { flops: 100, roundsMs: [2, 0.5, 2] },
    ];
    // 50, 50 and 25 in a millisecond, of 100, 200 and 100.
    expect(shareOfPeak(100, [2, 2, 4], probes)).toBe(0.25);
  });

  it('is not told where nothing was probed', () => {
    expect(shareOfPeak(100, [2], [])).toBeUndefined();
  });
});
