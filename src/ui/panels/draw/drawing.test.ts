import { describe, expect, it } from 'vitest';
import { type Drawing, type DrawingAction, draw, emptyDrawing, isBlank } from './drawing.ts';
import type { OpenedPicture } from './openPicture.ts';

const drawn = (...actions: readonly DrawingAction[]): Drawing => actions.reduce(draw, emptyDrawing);
const begin = (x: number): DrawingAction => ({ type: 'begin', point: { x, y: 0 }, width: 0.1 });
const extend = (...xs: readonly number[]): DrawingAction => ({
  type: 'extend',
  points: xs.map((x) => ({ x, y: 0 })),
});
const end: DrawingAction = { type: 'end' };
const placesOf = ({ strokes }: Drawing) => strokes.map(({ points }) => points.map(({ x }) => x));
const picture = { picture: { name: 'five.png' } } as OpenedPicture;

describe('a drawing', () => {
  it('grows stroke by stroke', () => {
    const drawing = drawn(begin(1), extend(2, 3), end, begin(4), extend(5));
    expect(placesOf(drawing)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(drawing.isDrawing).toBe(true);
    expect(draw(drawing, end).isDrawing).toBe(false);
  });

  it('does not follow a pen that is up', () => {
    const drawing = drawn(begin(1), end);
    expect(draw(drawing, extend(2))).toBe(drawing);
    expect(drawn(extend(2))).toBe(emptyDrawing);
  });

  it('takes the last stroke back, and all of them', () => {
    const drawing = drawn(begin(1), end, begin(2), extend(3), end);
    expect(placesOf(draw(drawing, { type: 'undo' }))).toEqual([[1]]);
    expect(isBlank(draw(drawing, { type: 'clear' }))).toBe(true);
    expect(isBlank(drawn({ type: 'undo' }))).toBe(true);
  });

  it('never changes what was there', () => {
    const earlier = drawn(begin(1));
    draw(earlier, extend(2));
    expect(placesOf(earlier)).toEqual([[1]]);
  });

  it('gives way to a picture, and comes back when that is undone', () => {
    const opened = drawn(begin(1), end, { type: 'open', picture });
    expect(opened.picture).toBe(picture);
    expect(isBlank(opened)).toBe(false);
    const undone = draw(opened, { type: 'undo' });
    expect(undone.picture).toBeUndefined();
    expect(placesOf(undone)).toEqual([[1]]);
  });

  it('begins anew when one draws on a picture', () => {
    const drawing = drawn(begin(1), end, { type: 'open', picture }, begin(7));
    expect(drawing.picture).toBeUndefined();
    expect(placesOf(drawing)).toEqual([[7]]);
  });

  it('comes back after it was kept, unless something was drawn since', () => {
    const earlier = drawn(begin(1), end);
    expect(draw(emptyDrawing, { type: 'restore', drawing: earlier })).toBe(earlier);
    const since = drawn(begin(2), end);
    expect(draw(since, { type: 'restore', drawing: earlier })).toBe(since);
  });
});
