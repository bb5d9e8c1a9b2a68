import { classCounts, MAX_PIXEL_BYTES, pixelBytes } from '../domain/dataset.ts';
import { WorkbenchError } from '../util/errors.ts';
import type { ErrorCode } from '../util/errorTexts.ts';
import type { CsvLayout } from './csvLayout.ts';
import { GrowingBytes } from './growingBytes.ts';
import { quoted } from './quoted.ts';

const [ZERO, QUOTE, SPACE, TAB, LF, CR] = [0x30, 0x22, 0x20, 0x09, 0x0a, 0x0d] as const;
/** Where in a cell reading is: before its digits, among them, behind them. */
const [BEFORE, AMONG, BEHIND] = [0, 1, 2] as const;
const MAX_PIXEL = 255;
const MAX_LABEL = classCounts.max - 1;
/** Longer cells are quoted in part. */
const MAX_CELL = 40;

export interface CsvImages {
  readonly count: number;
  readonly pixels: Uint8Array;
  /** Empty where no column holds labels. */
  readonly labels: Uint8Array;
}

/**
 * Reads rows of pixels from the bytes of a CSV file, piece by piece, straight into bytes: each byte
 * is looked at once, and no cell ever becomes a string. A library makes a string of each of the 33
 * million cells of Kaggle's train.csv, for the sake of commas and line ends within cells, of which
 * there are none here: Papa Parse 5, fed with the same pieces a row at a time, takes 3.2 times as
 * long (4.4 s against 1.4 s in Node 20), and names no column in what it refuses.
 *
 * Cells are whole numbers from 0 to 255, quoted or not, with spaces around them or not; lines end in
 * LF, CR LF or CR; blank lines are skipped.
 */
export class CsvPixels {
  private readonly rowPixels: number;
  private readonly mostRows: number;
  private readonly pixels: GrowingBytes;
  private readonly labels: GrowingBytes;
  private count = 0;
  /** From 1, as an editor counts. */
  private line = 1;

  // Where reading stopped between two pieces.
  private column = 0;
  private value = 0;
  private place: 0 | 1 | 2 = BEFORE;
  private isQuoted = false;
  private wasCr = false;
  private carried = '';

  /** `mostBytes` bounds the rows, for a cell takes two bytes at least. */
  constructor(
    private readonly file: string,
    private readonly layout: CsvLayout,
    mostBytes: number,
  ) {
    this.rowPixels = pixelBytes(layout.shape, 1);
    const fitting = Math.floor(MAX_PIXEL_BYTES / this.rowPixels);
    this.mostRows = Math.min(fitting, Math.ceil((mostBytes + 1) / (2 * layout.columns)));
    this.pixels = new GrowingBytes(this.mostRows * this.rowPixels);
    this.labels = new GrowingBytes(this.mostRows);
  }

  push(bytes: Uint8Array): void {
    const { delimiter, labelColumn, idColumn } = this.layout;
    let { value, place, column } = this;
    let room = this.roomForRow();
    let offset = this.count * this.rowPixels + this.pixelsBefore(column);
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9 && place !== BEHIND) {
        value = 10 * value + digit;
        place = AMONG;
        continue;
      }
      const endsLine = byte === LF || byte === CR;
      if (byte === delimiter || endsLine) {
        const isBlank = endsLine && column === 0 && place === BEFORE && !this.isQuoted;
        if (isBlank) {
          if (byte === CR || !this.wasCr) this.line++;
          this.wasCr = byte === CR;
          continue;
        }
        if (place === BEFORE || this.isQuoted) throw this.refusal('csv.value', bytes, i, column);
        if (column === labelColumn) {
          if (value > MAX_LABEL) throw this.refusal('csv.label', bytes, i, column);
          this.labels.atLeast(this.count + 1)[this.count] = value;
        } else if (column !== idColumn) {
          if (value > MAX_PIXEL) throw this.refusal('csv.value', bytes, i, column);
          room[offset++] = value; // beyond a row too long; the end of the row refuses it
        }
        column++;
        value = 0;
        place = BEFORE;
        if (!endsLine) continue;
        this.finishRow(column);
        this.wasCr = byte === CR;
        column = 0;
        room = this.roomForRow();
        offset = this.count * this.rowPixels;
      } else if (byte === SPACE || byte === TAB) {
        if (place === AMONG) place = BEHIND;
      } else if (byte === QUOTE && this.isQuoted === (place !== BEFORE)) {
        this.isQuoted = !this.isQuoted;
        if (place === AMONG) place = BEHIND;
      } else {
        throw this.refusal('csv.value', bytes, i, column);
      }
    }
    [this.value, this.place, this.column] = [value, place, column];
    this.carried = this.cellAround(bytes, bytes.length);
  }

  /** To be called once, behind the last piece. */
  finish(): CsvImages {
    this.push(Uint8Array.of(LF));
    const { count, layout } = this;
    if (count === 0) throw new WorkbenchError('csv.empty', { file: this.file });
    return {
      count,
      pixels: this.pixels.first(count * this.rowPixels),
      labels: layout.labelColumn < 0 ? new Uint8Array(0) : this.labels.first(count),
    };
  }

  private roomForRow(): Uint8Array {
    if (this.count >= this.mostRows) return new Uint8Array(0); // for the blank lines at the end
    return this.pixels.atLeast((this.count + 1) * this.rowPixels);
  }

  /** Pixels of a row that stand before this column. */
  private pixelsBefore(column: number): number {
    const { labelColumn, idColumn } = this.layout;
    const others = [labelColumn, idColumn].filter((other) => other >= 0 && other < column);
    return column - others.length;
  }

  private finishRow(columns: number): void {
    const { file, layout } = this;
    if (columns !== layout.columns) {
      const expected = layout.columns;
      throw new WorkbenchError('csv.ragged', { file, row: this.line, columns, expected });
    }
    if (this.count >= this.mostRows) {
      const limit = MAX_PIXEL_BYTES;
      throw new WorkbenchError('dataset.tooLarge', { file, bytes: limit + this.rowPixels, limit });
    }
    this.count++;
    this.line++;
  }

  private refusal(code: ErrorCode, bytes: Uint8Array, end: number, column: number): WorkbenchError {
    const { file, line: row } = this;
    const value = quoted(this.cellAround(bytes, end).trim());
    return new WorkbenchError(code, { file, row, column: column + 1, value, max: MAX_LABEL });
  }

  /** The text of the cell that holds or ends at the byte `place`, with what an earlier piece had. */
  private cellAround(bytes: Uint8Array, place: number): string {
    const ends = [this.layout.delimiter, LF, CR];
    let start = place;
    while (start > 0 && !ends.includes(bytes[start - 1] ?? LF)) start--;
    let end = place;
    while (end < bytes.length && !ends.includes(bytes[end] ?? LF)) end++;
    const text = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + MAX_CELL)));
    return ((start === 0 ? this.carried : '') + text).slice(0, MAX_CELL);
  }
}
