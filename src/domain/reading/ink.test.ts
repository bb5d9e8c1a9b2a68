import { describe, expect, it } from 'vitest';
import { difference, draw, negative, scaledBy, seven } from '../testing/drawing.ts';
import { prepareDigit } from './digit.ts';
import { findInk, type GreyPicture } from './ink.ts';

describe('ink', () => {
  it('of a clean drawing keeps its soft edges, every grey of them', () => {
    const picture = draw(60, 9, scaledBy(seven, 60));
    expect([...(findInk(picture)?.strengths ?? [])]).toEqual([...picture.pixels]);
    expect(findInk(negative(picture))).toEqual(findInk(picture));
  });
});

describe('a blank picture', () => {
  const side = 40;
  const blank = (pixelAt: (i: number) => number): GreyPicture => ({
    ...{ width: side, height: side, ink: 'auto' },
    pixels: Uint8Array.from({ length: side * side }, (_, i) => pixelAt(i)),
  });

  it.each([
    ['black', blank(() => 0)],
    ['white', blank(() => 255)],
    ['grey with hardly a trace', blank((i) => 128 + (i === 800 ? 10 : 0))],
    ['grain alone', blank((i) => 120 + ((i * 2654435761) % 97) / 2)],
    ['one pixel', { width: 1, height: 1, pixels: Uint8Array.of(77), ink: 'auto' as const }],
    ['dark where ink is light', { ...negative(draw(40, 6, [[20, 20]])), ink: 'light' as const }],
  ])('(%s) has nothing to read', (_, picture) => {
    expect(prepareDigit(picture)).toEqual({ blank: true, pixels: new Uint8Array(28 * 28) });
  });

  it('is not one with a single dot', () => {
    expect(prepareDigit(blank((i) => (i === 820 ? 255 : 0))).blank).toBe(false);
  });
});

describe('a photograph', () => {
  /** Dark ink on grey paper that is darker on the right, with grain. */
  function photograph(shade: number, grain: number): GreyPicture {
    const { width, height, pixels } = draw(200, 18, scaledBy(seven, 200));
    const seen = pixels.map((ink, i) => {
      const noise = (((i * 2654435761) % 4294967296) / 4294967296 - 0.5) * grain;
      return 200 - (shade * (i % width)) / width + noise - (ink / 255) * 120;
    });
    return { width, height, pixels: seen, ink: 'auto' };
  }

  it.each([
    [0, 20],
    [30, 0],
    [25, 8],
  ])('with shade %d and grain %d is read like the drawing', (shade, grain) => {
    const drawing = prepareDigit(draw(200, 18, scaledBy(seven, 200))).pixels;
    expect(difference(prepareDigit(photograph(shade, grain)).pixels, drawing)).toBeLessThan(6);
  });
});
