import { describe, expect, it } from 'vitest';
import { plot } from './plot.mjs';

const text = { title: 'Images & "more"', x: 'width', y: 'images/s' };

describe('a plot', () => {
  it('draws every point inside the axes, with a key for each line', () => {
    const svg = plot(text, [
      {
        name: 'a <b>',
        points: [
          [1 / 16, 900],
          [1, 30],
        ],
      },
      {
        name: 'c',
        points: [
          [1 / 16, 400],
          [1, 3.5],
        ],
      },
    ]);
    const circles = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)];
    expect(circles).toHaveLength(4);
    for (const [, x, y] of circles) {
      expect(Number(x)).toBeGreaterThanOrEqual(76);
      expect(Number(x)).toBeLessThanOrEqual(530);
      expect(Number(y)).toBeGreaterThanOrEqual(44);
      expect(Number(y)).toBeLessThanOrEqual(364);
    }
    expect(svg).toContain('a &lt;b></text>');
    expect(svg).toContain('aria-label="Images &amp; &quot;more&quot;"');
    expect(svg).toContain('>1/16</text>');
  });

  it('refuses what has no logarithm', () => {
    expect(() => plot(text, [{ name: 'a', points: [[1, 0]] }])).toThrow(/above 0/);
    expect(() => plot(text, [])).toThrow(/above 0/);
  });
});
