import { describe, expect, it } from 'vitest';
import { busiest, peakIn, ticksIn } from './processes.mjs';

describe('what Linux tells of a process', () => {
  it('is the most memory that it held', () => {
    expect(peakIn('VmPeak:\t  900 kB\nVmHWM:\t  12 kB\n')).toBe(12 * 1024);
    expect(peakIn('')).toBeUndefined();
  });

  it('is the time that it computed, whatever its name', () => {
    const rest = 'S 1 1 1 0 -1 0 1 2 3 4 70 30 0 0 20 0 1 0 5';
    expect(ticksIn(`42 (a ) b) ${rest}`)).toBe(100);
    expect(ticksIn('')).toBeUndefined();
  });

  it('tells which of several was busy', () => {
    const before = new Map([
      [1, 500],
      [2, 10],
    ]);
    expect(
      busiest(
        before,
        new Map([
          [1, 501],
          [2, 25],
          [3, 3],
        ]),
      ),
    ).toBe(2);
    expect(busiest(before, before)).toBeUndefined();
  });
});
