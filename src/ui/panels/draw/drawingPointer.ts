/** What is asked of a pointer event. */
interface Pointer {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly timeStamp: number;
}

/** So long after a pen was near, a touch is the hand that holds it. */
const PALM_MS = 1000;

/**
 * Which of the pointers on the surface draws: the first one that comes down, but a pen before any
 * finger, since a hand that writes lies on the surface too.
 */
export class DrawingPointer {
  private drawing: Pointer | undefined;
  private penSeenAt = Number.NEGATIVE_INFINITY;

  /** A pointer came down: it draws, it draws in place of the one that did, or it is left alone. */
  down(pointer: Pointer): 'draws' | 'takesOver' | 'ignored' {
    this.see(pointer);
    const isTouch = pointer.pointerType === 'touch';
    if (isTouch && pointer.timeStamp - this.penSeenAt < PALM_MS) return 'ignored';
    const isPalmDown = this.drawing?.pointerType === 'touch' && pointer.pointerType === 'pen';
    if (this.drawing && !isPalmDown) return 'ignored';
    this.drawing = pointer;
    return isPalmDown ? 'takesOver' : 'draws';
  }

  /** A pointer moved, perhaps above the surface only. Whether it is the one that draws. */
  moved(pointer: Pointer): boolean {
    this.see(pointer);
    return this.drawing?.pointerId === pointer.pointerId;
  }

  /** A pointer was lifted or lost. Whether it was the one that drew. */
  up(pointer: Pointer): boolean {
    const wasDrawing = this.moved(pointer);
    if (wasDrawing) this.drawing = undefined;
    return wasDrawing;
  }

  private see({ pointerType, timeStamp }: Pointer): void {
    if (pointerType === 'pen') this.penSeenAt = timeStamp;
  }
}
