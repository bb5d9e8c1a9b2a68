import { describe, expect, it } from 'vitest';
import { DrawingPointer } from './drawingPointer.ts';

const pointer = (pointerType: string, pointerId: number, timeStamp = 0) => ({
  pointerType,
  pointerId,
  timeStamp,
});

describe('the pointer that draws', () => {
  it.each(['mouse', 'touch', 'pen'])('is the first one, a %s, until it is lifted', (kind) => {
    const pointers = new DrawingPointer();
    expect(pointers.down(pointer(kind, 1))).toBe('draws');
    expect(pointers.down(pointer('touch', 2, 5000))).toBe('ignored');
    expect(pointers.down(pointer('mouse', 3, 5000))).toBe('ignored');
    expect(pointers.moved(pointer('touch', 2, 5001))).toBe(false);
    expect(pointers.moved(pointer(kind, 1, 5001))).toBe(true);
    expect(pointers.up(pointer('touch', 2, 5002))).toBe(false);
    expect(pointers.up(pointer(kind, 1, 5002))).toBe(true);
    expect(pointers.down(pointer('mouse', 4, 9000))).toBe('draws');
  });

  it('is a pen, though the palm lay there before', () => {
    const pointers = new DrawingPointer();
    expect(pointers.down(pointer('touch', 1, 0))).toBe('draws');
    expect(pointers.down(pointer('pen', 2, 300))).toBe('takesOver');
    expect(pointers.moved(pointer('touch', 1, 310))).toBe(false);
    expect(pointers.up(pointer('touch', 1, 320))).toBe(false);
    expect(pointers.moved(pointer('pen', 2, 330))).toBe(true);
    expect(pointers.up(pointer('pen', 2, 340))).toBe(true);
  });

  it('is no touch for a second after a pen was near, and one later', () => {
    const pointers = new DrawingPointer();
    expect(pointers.moved(pointer('pen', 1, 1000))).toBe(false);
    expect(pointers.down(pointer('touch', 2, 1999))).toBe('ignored');
    // Of a touch that began as a palm nothing is drawn later either.
    expect(pointers.moved(pointer('touch', 2, 3000))).toBe(false);
    expect(pointers.down(pointer('touch', 3, 3000))).toBe('draws');
  });

  it('is no second pen while one draws', () => {
    const pointers = new DrawingPointer();
    pointers.down(pointer('pen', 1));
    expect(pointers.down(pointer('pen', 2))).toBe('ignored');
  });
});
