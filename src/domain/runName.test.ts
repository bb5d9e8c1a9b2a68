import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_RUN_NAME, runNameOf } from './runName.ts';

const addition = ', best of step 10';

describe("a run's name", () => {
  it('is what it was where there is room', () => {
    expect(runNameOf('AlexNet')).toBe('AlexNet');
    expect(runNameOf('AlexNet', addition)).toBe('AlexNet, best of step 10');
    const longest = 'x'.repeat(LONGEST_RUN_NAME);
    expect(runNameOf(longest)).toBe(longest);
  });

  it('is cut where there is none, and says so before what is added', () => {
    const name = runNameOf('x'.repeat(LONGEST_RUN_NAME), addition);
    expect(name).toHaveLength(LONGEST_RUN_NAME);
    expect(name.endsWith(`x…${addition}`)).toBe(true);
  });

  it('is never too long, and never ends in half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3 * LONGEST_RUN_NAME }), (text) => {
        const name = runNameOf(text, addition);
        expect(name.length).toBeLessThanOrEqual(LONGEST_RUN_NAME);
        expect(name).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});
