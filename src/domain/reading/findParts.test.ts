import { describe, expect, it } from 'vitest';
import {
  type PhotographKind,
  photograph,
  photographKinds,
} from '../../testing/hands/photographs.ts';
import { paintPen } from '../drawing/paintPen.ts';
import type { Stroke } from '../drawing/strokes.ts';
import { difference, seven } from '../testing/drawing.ts';
import { prepareDigit, preparePicture } from './digit.ts';
import { MOST_PARTS } from './doubts.ts';
import { findParts } from './findParts.ts';
import type { InkMap } from './ink.ts';

const written = (left: number, side: number, width: number): Stroke => ({
  points: seven.map(([x, y]) => ({ x: left + side * x, y: 0.5 - side / 2 + side * y })),
  width,
});
/** In pixels: enough for a digit, and quick. */
const SIDE = 220;
const penOf = (kind: PhotographKind) => (kind === 'pencil' ? 0.014 : 0.03);

describe('a photograph of paper', () => {
  const expected = prepareDigit(paintPen([written(0, 1, 0.09)])).pixels;

  it.each(photographKinds)('has the digit that is written on it (%s)', (kind) => {
    const picture = photograph(kind, [written(0.2, 0.6, penOf(kind))], 1, SIDE);
    const { parts, doubts } = preparePicture(picture);
    expect(parts).toHaveLength(1);
    expect(doubts).toEqual([]);
    // Its stroke is thinner; a seven that is moved by two pixels differs by more than 30.
    expect(difference(parts[0]?.pixels ?? new Uint8Array(), expected)).toBeLessThan(18);
  });

  // Of a desk around a blank sheet splinters may be left.
  it.each(photographKinds.filter((kind) => kind !== 'desk'))(
    'is blank where nothing is written (%s)',
    (kind) => {
      expect(preparePicture(photograph(kind, [], 3)).parts).toEqual([]);
    },
  );

  it('has two where two are written', () => {
    for (const kind of ['half shadow', 'squared', 'pencil'] as const) {
      const pair = [written(0.16, 0.5, penOf(kind)), written(0.42, 0.5, penOf(kind))];
      expect(preparePicture(photograph(kind, pair, 4, SIDE)).parts, kind).toHaveLength(2);
    }
  });
});

describe('what was found', () => {
  const clean = (isInk: (x: number, y: number) => boolean) => ({
    ...{ width: 90, height: 90, ink: 'auto' as const },
    pixels: Uint8Array.from({ length: 8100 }, (_, i) =>
      isInk(i % 90, Math.floor(i / 90)) ? 0 : 255,
    ),
  });

  it('is doubted where it is no line, or wider than any digit', () => {
    const square = clean((x, y) => x > 20 && x < 60 && y > 20 && y < 60);
    const dash = clean((x, y) => x > 10 && x < 80 && y > 40 && y < 46);
    const one = clean((x, y) => x > 40 && x < 46 && y > 10 && y < 80);
    expect(preparePicture(square).doubts).toEqual(['solid']);
    expect(preparePicture(dash).doubts).toEqual(['wide']);
    expect(preparePicture(one).doubts).toEqual([]);
  });

  it('is so many of many characters as a number may have, all of them as a whole, and doubted', () => {
    const inOneRow = (x: number, y: number) => x % 6 >= 2 && x % 6 < 4 && y >= 4 && y < 26;
    const { whole, parts, doubts } = findParts(clean(inOneRow));
    expect([parts.length, doubts]).toEqual([MOST_PARTS, ['many']]);
    const inked = (map: InkMap | undefined) => map?.strengths.filter((ink) => ink > 0).length;
    expect(inked(whole)).toBe(15 * 2 * 22);
    expect(parts.map(inked)).toEqual(new Array(MOST_PARTS).fill(2 * 22));
    // The first from the left.
    expect(
      parts.map(({ strengths, width }) => strengths.findIndex((ink) => ink > 0) % width),
    ).toEqual(Array.from({ length: MOST_PARTS }, (_, i) => 2 + 6 * i));
    const few = findParts(clean((x, y) => inOneRow(x, y) && x < 6 * MOST_PARTS));
    expect([few.parts.length, few.doubts]).toEqual([MOST_PARTS, []]);
  });

  it('has no speck in the corner, and no frame', () => {
    const one = (x: number, y: number) => x > 40 && x < 46 && y > 30 && y < 60;
    const alone = prepareDigit(clean(one));
    expect(
      prepareDigit(clean((x, y) => one(x, y) || (x > 84 && x < 87 && y > 4 && y < 7))),
    ).toEqual(alone);
    const framed = clean((x, y) => one(x, y) || Math.min(x, y) === 0 || Math.max(x, y) === 89);
    expect(difference(prepareDigit(framed).pixels, alone.pixels)).toBeLessThan(6);
  });
});
