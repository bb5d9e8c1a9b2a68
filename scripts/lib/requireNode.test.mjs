import { describe, expect, it } from 'vitest';
import { isSupported } from './requireNode.mjs';

describe('isSupported', () => {
  it.each([
    [18, 20, false],
    [20, 18, false],
    [20, 19, true],
    [21, 7, false],
    [22, 11, false],
    [22, 12, true],
    [24, 0, true],
  ])('knows Node %i.%i', (major, minor, supported) => {
    expect(isSupported(major, minor)).toBe(supported);
  });
});
