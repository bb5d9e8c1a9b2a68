import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCompact,
  formatDuration,
  formatExact,
  formatPercent,
  formatPoints,
  formatWidth,
} from './format.ts';

describe('numbers as people read them', () => {
  it('large ones in three digits', () => {
    expect(formatCompact(37_300_000, 'en')).toBe('37.3M');
    expect(formatCompact(37_300_000, 'zh-Hant')).toBe('3730萬');
  });

  it('bytes in decimal units', () => {
    expect(formatBytes(0, 'en')).toBe('0 bytes');
    expect(formatBytes(999, 'en')).toBe('999 bytes');
    expect(formatBytes(1000, 'en')).toBe('1 kB');
    expect(formatBytes(149_200_000, 'en')).toBe('149 MB');
    expect(formatBytes(5_000_000_000_000, 'en')).toBe('5,000 GB');
  });

  it('shares with as many decimals as asked for', () => {
    expect(formatPercent(0.98766, 'en')).toBe('98.77%');
    expect(formatPercent(1, 'en', 1)).toBe('100.0%');
  });

  it('differences of shares in points, with a sign that nothing does not have', () => {
    expect(formatPoints(0.00123, 'en', 'exceptZero')).toBe('+0.12');
    expect(formatPoints(-0.5, 'en', 'exceptZero')).toBe('-50.00');
    expect(formatPoints(0.5, 'en', 'negative')).toBe('50.00');
    expect(formatPoints(-1e-9, 'en', 'negative')).toBe('0.00');
    expect(formatPoints(-1e-9, 'en', 'exceptZero')).toBe('0.00');
  });

  it('times in their two largest units', () => {
    expect(formatDuration(8.4, 'en')).toBe('8 sec');
    expect(formatDuration(200, 'en')).toBe('3 min 20 sec');
    expect(formatDuration(3900, 'en')).toBe('1 hr 5 min');
    expect(formatDuration(-1, 'en')).toBe('0 sec');
  });

  it('settings with every digit', () => {
    expect(formatExact(1e-7, 'en')).toBe('0.0000001');
    expect(formatExact(4_294_967_295, 'en')).toBe('4,294,967,295');
  });

  it('widths as fractions where they are', () => {
    expect([1, 0.5, 0.0625, 0.3].map(formatWidth)).toEqual(['1', '1/2', '1/16', '0.3']);
  });
});
