import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareDigit, preparePicture } from '../reading/digit.ts';
import { difference, seven } from '../testing/drawing.ts';
import { paintPen } from './paintPen.ts';
import type { Stroke } from './strokes.ts';

/** The seven of tests in a square of the surface. */
function sevenAt(left: number, top: number, side: number, width = 0.1): Stroke {
  return { points: seven.map(([x, y]) => ({ x: left + side * x, y: top + side * y })), width };
}

describe('pen strokes as a network is shown them', () => {
  it('are the same wherever they were written, and however small', () => {
    const expected = prepareDigit(paintPen([sevenAt(0, 0, 1)])).pixels;
    const square = fc.record({
      side: fc.double({ min: 0.1, max: 1, noNaN: true }),
      left: fc.double({ min: 0, max: 1, noNaN: true }),
      top: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(square, ({ side, left, top }) => {
        const placed = sevenAt(left * (1 - side), top * (1 - side), side);
        expect(difference(prepareDigit(paintPen([placed])).pixels, expected)).toBeLessThan(0.5);
      }),
      { numRuns: 20 },
    );
  });

  it('are as wide as their pen says, of a digit of full size', () => {
    const of = (width: number) => prepareDigit(paintPen([sevenAt(0.3, 0.3, 0.3, width)])).pixels;
    const mass = (pixels: Uint8Array) => pixels.reduce((sum, value) => sum + value, 0);
    expect(mass(of(0.15)) / mass(of(0.075))).toBeGreaterThan(1.6);
  });

  it('keep two digits apart that lie side by side, be they ever so small', () => {
    for (const side of [0.08, 0.2, 0.45]) {
      const pair = [sevenAt(0.05, 0.05, side), sevenAt(0.05 + side * 0.65, 0.05, side)];
      expect(preparePicture(paintPen(pair)).parts).toHaveLength(2);
    }
  });

  it('are one where a bar, a dot or half a 4 lies beside', () => {
    const line = (...points: [number, number][]): Stroke => ({
      ...{ points: points.map(([x, y]) => ({ x, y })), width: 0.1 },
    });
    const five = [
      line([0.3, 0.3], [0.3, 0.5], [0.45, 0.6], [0.3, 0.8]),
      line([0.4, 0.28], [0.6, 0.28]),
    ];
    const four = [line([0.4, 0.2], [0.35, 0.5], [0.55, 0.5]), line([0.62, 0.2], [0.6, 0.8])];
    const dotted = [line([0.5, 0.4], [0.5, 0.8]), line([0.5, 0.25])];
    for (const strokes of [five, four, dotted]) {
      expect(preparePicture(paintPen(strokes)).parts).toHaveLength(1);
    }
  });

  it('have nothing of what was written beside the surface', () => {
    const inside = [
      {
        points: [
          { x: 0.5, y: 0.2 },
          { x: 0.5, y: 0.8 },
        ],
        width: 0.1,
      },
    ];
    const beyond = [
      {
        points: [
          { x: 1.3, y: 0.2 },
          { x: 1.4, y: 0.9 },
        ],
        width: 0.1,
      },
    ];
    expect(paintPen([...inside, ...beyond])).toEqual(paintPen(inside));
    expect(prepareDigit(paintPen(beyond)).blank).toBe(true);
  });
});
