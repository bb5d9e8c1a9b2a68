import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDigits, readNumber, steppedNumber } from './numberText.ts';

describe('a number that is typed', () => {
  const range = { min: 1, max: 1024 };

  it('counts from one end of its range to the other', () => {
    expect(readNumber('1', range, true)).toBe(1);
    expect(readNumber('1024', range, true)).toBe(1024);
    expect(readNumber('1e2', range, true)).toBe(100);
  });

  it.each(['', ' ', '0', '1025', '1.5', 'ten', '1e999', 'NaN'])('%j does not count', (text) => {
    expect(readNumber(text, range, true)).toBeUndefined();
  });
});

it('counts as well where an input method wrote it', () => {
  expect(readNumber('０．５', { min: 0, max: 1 }, false)).toBe(0.5);
});

describe('a step', () => {
  it.each([
    [0.001, 0.0001, 1, 0.0011],
    [0.001, 0.0001, -1, 0.0009],
    [0.00035, 0.0001, 1, 0.0004],
    [0.00035, 0.0001, -1, 0.0003],
    [0.0001, 0.0001, -1, 1e-7],
    [1e-7, 0.0001, 1, 0.0001],
    [0.3, 0.1, 1, 0.4],
    [0.25, 0.05, 10, 0.75],
    [1, 0.1, 1, 1],
  ])('from %d by %d, %d times, is %d', (value, step, steps, expected) => {
    expect(steppedNumber(value, { min: 1e-7, max: 1 }, step, steps)).toBe(expected);
  });

  it('goes on round numbers, forth and back, until the range ends', () => {
    const step = fc.constantFrom(0.0001, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 100);
    const range = { min: 0.00013, max: 7_654.321 };
    fc.assert(
      fc.property(step, fc.double({ ...range, noNaN: true }), (by, value) => {
        const up = steppedNumber(value, range, by, 1);
        const down = steppedNumber(value, range, by, -1);
        expect(up).toBeLessThanOrEqual(Math.max(value, value + by * 1.0001));
        expect(down).toBeGreaterThanOrEqual(value - by * 1.0001);
        for (const next of [up, down]) {
          const isEnd = next === range.min || next === range.max;
          const multiple = Math.round(next / by);
          expect(isEnd || Number((multiple * by).toPrecision(12)) === next).toBe(true);
        }
        if (up < range.max) expect(up).toBeGreaterThan(value);
        if (down > range.min) expect(down).toBeLessThan(value);
      }),
    );
  });
});

describe('a number for a screen reader', () => {
  it('is the same number without an exponent', () => {
    expect(plainDigits(1e-7)).toBe('0.0000001');
    for (const value of [0, -0.5, 0.001, 1.5e-9, 1234567, 4294967295]) {
      expect(plainDigits(value)).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(plainDigits(value))).toBe(value);
    }
  });
});
