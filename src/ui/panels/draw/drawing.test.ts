import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canRedo,
  canUndo,
  type Drawing,
  type DrawingAction,
  draw,
  emptyDrawing,
  isBlank,
  MOST_PICTURES,
  MOST_STEPS,
} from './drawing.ts';
import type { OpenedPicture } from './openPicture.ts';

const drawn = (...actions: readonly DrawingAction[]): Drawing => actions.reduce(draw, emptyDrawing);
const begin = (x: number): DrawingAction => ({ type: 'begin', point: { x, y: 0 }, width: 0.1 });
const extend = (...xs: readonly number[]): DrawingAction => ({
  type: 'extend',
  points: xs.map((x) => ({ x, y: 0 })),
});
const end: DrawingAction = { type: 'end' };
const undo: DrawingAction = { type: 'undo' };
const redo: DrawingAction = { type: 'redo' };
const clear: DrawingAction = { type: 'clear' };
const placesOf = ({ sheet }: Drawing) =>
  sheet.strokes.map(({ points }) => points.map(({ x }) => x));
const picture = { picture: { name: 'five.png' } } as OpenedPicture;
const open: DrawingAction = { type: 'open', picture };

describe('a drawing', () => {
  it('grows stroke by stroke', () => {
    const drawing = drawn(begin(0.1), extend(0.2, 0.3), end, begin(0.4), extend(0.5));
    expect(placesOf(drawing)).toEqual([
      [0.1, 0.2, 0.3],
      [0.4, 0.5],
    ]);
    expect(drawing.isDrawing).toBe(true);
    expect(draw(drawing, end).isDrawing).toBe(false);
  });

  it('does not follow a pen that is up', () => {
    const drawing = drawn(begin(0.1), end);
    expect(draw(drawing, extend(0.2))).toBe(drawing);
    expect(drawn(extend(0.2))).toBe(emptyDrawing);
  });

  it('is blank where no ink is to be seen', () => {
    expect(isBlank(emptyDrawing.sheet)).toBe(true);
    expect(isBlank(drawn(begin(0.5), end).sheet)).toBe(false);
    expect(isBlank(drawn(begin(0), end).sheet)).toBe(false);
    expect(isBlank(drawn(begin(1.2), extend(1.3, 2), end).sheet)).toBe(true);
    expect(isBlank(drawn(open).sheet)).toBe(false);
  });

  it('never changes what was there', () => {
    const earlier = drawn(begin(0.1));
    draw(earlier, extend(0.2));
    expect(placesOf(earlier)).toEqual([[0.1]]);
  });

  it('is as before after a stroke that was none, with all that could be redone', () => {
    const before = drawn(begin(0.1), end, begin(0.2), end, undo);
    const after = [begin(0.3), extend(0.4), { type: 'abort' } as const].reduce(draw, before);
    expect(after).toEqual(before);
    expect(draw(before, { type: 'abort' })).toBe(before);
  });

  it('comes back after it was kept, unless something was drawn since', () => {
    const { sheet } = drawn(begin(0.1), end);
    expect(draw(emptyDrawing, { type: 'restore', sheet }).sheet).toBe(sheet);
    const since = drawn(begin(0.2), end);
    expect(draw(since, { type: 'restore', sheet })).toBe(since);
  });
});

describe('each step of a drawing', () => {
  it('is taken back, the last one first, and brought back', () => {
    const drawing = drawn(begin(0.1), end, begin(0.2), extend(0.3), end);
    expect(placesOf(draw(drawing, undo))).toEqual([[0.1]]);
    expect(placesOf([undo, undo].reduce(draw, drawing))).toEqual([]);
    expect(placesOf([undo, undo, redo].reduce(draw, drawing))).toEqual([[0.1]]);
    expect([undo, undo, redo, redo].reduce(draw, drawing)).toEqual(drawing);
  });

  it('may have been to clear, or to open a picture', () => {
    const drawing = drawn(begin(0.1), end, clear, open, begin(0.7), end);
    expect(drawing.sheet.picture).toBeUndefined();
    expect(placesOf(drawing)).toEqual([[0.7]]);
    const [opened, cleared, stroke] = [1, 2, 3].map((times) =>
      Array.from({ length: times }, () => undo).reduce(draw, drawing),
    ) as [Drawing, Drawing, Drawing];
    expect(opened.sheet.picture).toBe(picture);
    expect(isBlank(cleared.sheet)).toBe(true);
    expect(placesOf(stroke)).toEqual([[0.1]]);
  });

  it('is not to clear what is blank', () => {
    expect(draw(emptyDrawing, clear)).toBe(emptyDrawing);
  });

  it('ends what could be redone', () => {
    const undone = drawn(begin(0.1), end, undo);
    expect(canRedo(undone)).toBe(true);
    expect(canRedo([begin(0.2), end].reduce(draw, undone))).toBe(false);
    expect(canRedo(draw(undone, open))).toBe(false);
  });

  it('is the stroke itself while the pen is down', () => {
    const before = drawn(begin(0.1), end);
    expect([begin(0.2), undo].reduce(draw, before).sheet).toBe(before.sheet);
    const down = draw(before, begin(0.2));
    expect(draw(down, redo)).toBe(down);
  });

  it('can be undone and redone whatever the steps were', () => {
    const actions = fc.constantFrom(
      ...[begin(0.1), begin(0.2), extend(0.3), end, undo, redo, clear, open],
    );
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 40 }), (steps) => {
        const drawing = draw(drawn(...steps), end);
        let back = drawing;
        for (const _ of drawing.past) back = draw(back, undo);
        expect(back.sheet).toEqual(emptyDrawing.sheet);
        expect(canUndo(back)).toBe(false);
        expect(draw(back, undo)).toBe(back);
        for (const _ of drawing.past) back = draw(back, redo);
        expect(back).toEqual(drawing);
      }),
    );
  });

  it('is remembered within bounds', () => {
    const many = (action: DrawingAction, times: number) =>
      drawn(...Array.from({ length: times }, () => [action, end]).flat());
    expect(many(begin(0.1), MOST_STEPS + 50).past).toHaveLength(MOST_STEPS);
    const pictures = many(open, MOST_PICTURES + 50).past.filter((sheet) => sheet.picture);
    expect(pictures).toHaveLength(MOST_PICTURES);
  });
});
