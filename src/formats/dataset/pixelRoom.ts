import { MAX_PIXEL_BYTES } from '../../domain/data/dataset.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { GrowingBytes } from '../files/growingBytes.ts';
import type { PixelNumbers } from './pixelNumbers.ts';

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** Rows of numbers as they are read: bytes as long as all are whole, floats from the first fraction on. */
export class PixelRoom {
  count = 0;
  private room: GrowingBytes;
  private mostRows: number;
  private values: Uint8Array | Float32Array = new Uint8Array(0);
  private offset = 0;
  private isFloating = false;

  /** @param mostRows that the file can have */
  constructor(
    private readonly file: string,
    private readonly rowNumbers: number,
    mostRows: number,
  ) {
    this.mostRows = Math.min(mostRows, Math.floor(MAX_PIXEL_BYTES / rowNumbers));
    this.room = new GrowingBytes(this.mostRows * rowNumbers);
    this.beginRow();
  }

  /** A whole number from 0 to 255. */
  put(value: number): void {
    this.values[this.offset++] = value; // beyond the room where no row may follow
  }

  putFraction(value: number): void {
    if (!this.isFloating) this.becomeFloating();
    this.values[this.offset++] = value;
  }

  endRow(): void {
    if (this.count >= this.mostRows) {
      const limit = MAX_PIXEL_BYTES;
      const bytes = limit + this.rowNumbers;
      throw new WorkbenchError('dataset.tooLarge', { file: this.file, bytes, limit });
    }
    this.count++;
    this.beginRow();
  }

  /** @param left index of a number of every row that is no pixel */
  finish(left?: number): PixelNumbers {
    const { file, rowNumbers } = this;
    const kept = left === undefined ? rowNumbers : rowNumbers - 1;
    if (left !== undefined) this.leaveOut(left);
    const count = this.count * kept;
    if (!this.isFloating) {
      const bytes = this.room.first(count);
      return { file, count, kind: 'u', bytes, at: (index) => bytes[index] ?? 0 };
    }
    const { values } = this;
    return { file, count, kind: 'f', at: (index) => values[index] ?? 0 };
  }

  private beginRow(): void {
    this.offset = this.count * this.rowNumbers;
    if (this.count >= this.mostRows)
      this.values = new Uint8Array(0); // blank lines may follow
    else if (this.isFloating) {
      const room = this.room.atLeast((this.count + 1) * this.rowNumbers * FLOAT_BYTES);
      if (room.buffer !== this.values.buffer) this.values = new Float32Array(room.buffer);
    } else this.values = this.room.atLeast(this.offset + this.rowNumbers);
  }

  private becomeFloating(): void {
    const whole = this.values;
    const rowBytes = this.rowNumbers * FLOAT_BYTES;
    this.isFloating = true;
    this.mostRows = Math.min(this.mostRows, Math.floor(MAX_PIXEL_BYTES / rowBytes));
    this.room = new GrowingBytes(this.mostRows * rowBytes);
    const { offset } = this;
    this.beginRow();
    if (this.values.length > 0) this.values.set(whole.subarray(0, offset));
    this.offset = offset;
  }

  /** Moves the others of each row to their places. */
  private leaveOut(left: number): void {
    const { rowNumbers, count } = this;
    const values = this.isFloating ? this.values : this.room.atLeast(0);
    const kept = rowNumbers - 1;
    for (let row = 0; row < count; row++) {
      const [from, to] = [row * rowNumbers, row * kept];
      values.copyWithin(to, from, from + left);
      values.copyWithin(to + left, from + left + 1, from + rowNumbers);
    }
  }
}
