import { describe, expect, it } from 'vitest';
import { add, closingLine, exitStatus, noOutcome, single } from './outcome.mjs';

describe('the outcome of a test run', () => {
  it('adds up over runners', () => {
    const sum = add({ passed: 3, failed: 1, skipped: ['a (no GPU)'] }, single(true));

    expect(sum).toEqual({ passed: 4, failed: 1, skipped: ['a (no GPU)'] });
    expect(closingLine(sum)).toBe('4 passed, 1 failed, 1 skipped');
  });

  it('ends with a plain line', () => {
    expect(closingLine(single(true))).toBe('1 passed, 0 failed');
  });

  it('is a success only if something passed and nothing failed', () => {
    expect(exitStatus(single(true))).toBe(0);
    expect(exitStatus(single(false))).toBe(1);
    expect(exitStatus(noOutcome)).toBe(1);
  });
});
