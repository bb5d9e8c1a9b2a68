const FIRST_BYTES = 2 ** 26;

/**
 * Bytes of a number not yet known, at most `boundBytes`. Where the bound is small enough it is taken
 * at once, so that nothing is ever copied; else room doubles as it is used, for the bound may rest
 * on what a file merely declares.
 */
export class GrowingBytes {
  private room: Uint8Array<ArrayBuffer>;
  private readonly boundBytes: number;

  constructor(boundBytes: number) {
    this.boundBytes = boundBytes;
    this.room = new Uint8Array(Math.min(boundBytes, FIRST_BYTES));
  }

  /** The room, at least `needed` bytes of it; what was in it stays. */
  atLeast(needed: number): Uint8Array<ArrayBuffer> {
    if (needed <= this.room.length) return this.room;
    const doubled = Math.min(this.boundBytes, 2 * this.room.length);
    const room = new Uint8Array(Math.max(needed, doubled));
    room.set(this.room);
    this.room = room;
    return room;
  }

  /** The first `used` bytes; copied where they would keep much more alive. */
  first(used: number): Uint8Array<ArrayBuffer> {
    return used < 0.75 * this.room.length ? this.room.slice(0, used) : this.room.subarray(0, used);
  }
}
