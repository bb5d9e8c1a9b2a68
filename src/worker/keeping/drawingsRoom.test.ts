import { describe, it } from 'vitest';
import {
  type LabelledDrawing,
  MOST_DRAWING_SIDE,
  MOST_DRAWINGS,
  MOST_DRAWN_PIXELS,
} from '../../domain/drawing/drawings.ts';
import { expectRefusal } from '../../util/testing/bothLanguages.ts';
import { requireRoom } from './drawingsRoom.ts';

const largePixels = new Uint8Array(MOST_DRAWING_SIDE ** 2);
const drawing = (id: string, pixels: Uint8Array): LabelledDrawing => ({
  ...{ id, createdAt: 1, className: '1', width: pixels.length, height: 1, pixels },
});
const large = (id: string) => drawing(id, largePixels);
const small = (id: string) => drawing(id, new Uint8Array(1));
const many = (count: number, make: (id: string) => LabelledDrawing) =>
  Array.from({ length: count }, (_, i) => make(`${i}`));
const ids = (drawings: readonly LabelledDrawing[]) => drawings.map(({ id }) => id);
const come = (kept: readonly LabelledDrawing[], ...coming: readonly LabelledDrawing[]) =>
  requireRoom(kept, ids(coming), coming);

describe('room for drawings', () => {
  const full = many(MOST_DRAWN_PIXELS / largePixels.length, large);

  it('is for so many pixels, whether they are drawn, read or brought back', () => {
    expectRefusal(() => come(full, small('new')), String(MOST_DRAWN_PIXELS));
    come(full.slice(1), small('new'));
    // One was deleted, another drawn in its place, and then comes the undo.
    expectRefusal(() => come([...full.slice(1), small('new')], large('0')), 'pixels');
    come(full.slice(1), large('0'));
  });

  it('is there for what is there already', () => {
    come(full, large('0'));
  });

  it('is for so many drawings, those that cannot be read among them', () => {
    const most = many(MOST_DRAWINGS, small);
    come(most, small('0'));
    expectRefusal(() => come(most, small('new')), String(MOST_DRAWINGS));
    expectRefusal(() => requireRoom(most, ['unreadable'], []), String(MOST_DRAWINGS));
  });
});
