import { classCounts, pixelBytes } from '../../domain/data/dataset.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { PixelNumbers } from '../dataset/pixelNumbers.ts';
import { PixelRoom } from '../dataset/pixelRoom.ts';
import { quoted } from '../text/quoted.ts';
import { TableText } from '../text/tableText.ts';
import { endOfCell, innerCell, isDigits, isHalfQuoted, joined, textOf } from './csvBytes.ts';
import { unquoted } from './csvCells.ts';
import { type ChosenLabels, chosenLabels } from './csvLabels.ts';
import type { CsvLayout } from './csvLayout.ts';
import { CR, LF, numberAt, SPACE, TAB, ZERO } from './csvNumber.ts';
import { LabelColumn, type LabelProblem, type MissingLabel } from './labelColumn.ts';
import { OneHotLabels } from './oneHotColumns.ts';
import { rolesOfCells } from './rowRoles.ts';

const MAX_PIXEL = 255;
/** Rounded, -1 may be a little less. */
const LEAST_PIXEL = -1.001;
/** Longer cells are quoted in part. */
const MAX_CELL = 40;
/** Neither a number nor the name of a class is longer. */
const MAX_CELL_BYTES = 4096;
const [HASH, PERCENT] = [0x23, 0x25] as const;
/** What is done with a column that holds neither pixels nor labels. */
const [IGNORED, KEPT, ONE_HOT] = [1, 2, 3] as const;

export interface CsvImages {
  readonly count: number;
  readonly pixels: PixelNumbers;
  /** Undefined where no column holds labels. */
  readonly labels: ChosenLabels | undefined;
  /** What a column of names or numbers has in each row; undefined where there is none with a header. */
  readonly ids: readonly string[] | undefined;
  /** What a column says that each row is for; undefined where there is none. */
  readonly purposes: readonly string[] | undefined;
}

/**
 * Reads rows of pixels from the bytes of a CSV file, piece by piece, straight into numbers: each byte is
 * looked at once, and no cell of a pixel ever becomes a string. A library makes a string of each of the 33
 * million cells of Kaggle's train.csv, for the sake of commas and line ends within cells, of which
 * there are none here: Papa Parse 5, fed with the same pieces a row at a time, takes 3.2 times as
 * long (4.4 s against 1.4 s in Node 20), and names no column in what it refuses.
 *
 * Cells are numbers, quoted or not, with spaces around them or not; lines end in LF, CR LF or CR; blank
 * lines and comments are skipped.
 */
export class CsvPixels {
  private readonly room: PixelRoom;
  private readonly first: LabelColumn;
  private readonly last: LabelColumn;
  /** Of each column: 0 for pixels and labels. */
  private readonly uses: Uint8Array;
  /** Of the columns that may hold labels or pixels, what is no pixel. */
  private readonly noPixels = new Map<number, LabelProblem>();
  /** The cells of columns that are kept as they are. */
  private readonly texts = new Map<number, string[]>();
  private readonly oneHot: OneHotLabels | undefined;
  private readonly mark: number;
  /** From 1, as an editor counts. */
  private line: number;

  // Where reading stopped between two pieces.
  private column = 0;
  private carried: Uint8Array = new Uint8Array(0);
  private wasCr = false;
  private isInComment = false;

  /** `mostBytes` bounds the rows, for a cell takes two bytes at least. */
  constructor(
    private readonly file: string,
    private readonly layout: CsvLayout,
    mostBytes: number,
    private readonly text = new TableText(),
  ) {
    const mostRows = Math.ceil((mostBytes + 1) / (2 * layout.columns));
    const rowPixels = pixelBytes(layout.shape, 1);
    this.room = new PixelRoom(file, rowPixels + (layout.otherLabelColumn < 0 ? 0 : 1), mostRows);
    this.first = new LabelColumn(mostRows);
    this.last = new LabelColumn(mostRows);
    this.uses = new Uint8Array(layout.columns);
    for (const column of layout.ignoredColumns) this.uses[column] = IGNORED;
    const { oneHot, idColumn, idName, roleColumn } = layout;
    if (oneHot) this.uses.fill(ONE_HOT, oneHot.first, oneHot.first + oneHot.count);
    this.oneHot = oneHot && new OneHotLabels(file, oneHot, mostRows);
    for (const column of [idName === undefined ? -1 : idColumn, roleColumn]) {
      if (column < 0) continue;
      this.uses[column] = KEPT;
      this.texts.set(column, []);
    }
    this.mark = layout.decimalMark.charCodeAt(0);
    this.line = layout.skippedLines + 1;
  }

  push(piece: Uint8Array): void {
    const bytes = this.carried.length > 0 ? joined(this.carried, piece) : piece;
    const { delimiter } = this.layout;
    const isSpaced = delimiter === SPACE;
    let i = 0;
    while (i < bytes.length) {
      if (this.isInComment) {
        i = this.behindComment(bytes, i);
        continue;
      }
      const start = i;
      if (isSpaced) while (bytes[i] === SPACE || bytes[i] === TAB) i++;
      const cell = i;
      let [value, digit] = [0, (bytes[i] as number) - ZERO];
      while (digit >= 0 && digit <= 9) {
        value = 10 * value + digit;
        digit = (bytes[++i] as number) - ZERO;
      }
      let byte = bytes[i];
      if (i > cell && (byte === delimiter || byte === LF || byte === CR)) {
        this.take(value, bytes, cell, i);
      } else if (i === cell && (byte === LF || byte === CR) && (this.column === 0 || isSpaced)) {
        // A blank line, or spaces at the end of one, which are no cell.
        if (this.column > 0) this.finishRow(byte);
        else this.passBlankLine(byte);
        i++;
        continue;
      } else {
        i = endOfCell(bytes, cell, delimiter);
        byte = bytes[i];
        if (byte === undefined) {
          i = start; // the cell may go on in the next piece
          break;
        }
        if (this.column === 0 && this.isComment(bytes, cell, i)) {
          this.isInComment = true;
          continue;
        }
        if (this.isBlankLine(bytes, cell, i)) {
          this.passBlankLine(byte);
          i++;
          continue;
        }
        this.takeOther(bytes, cell, i);
      }
      if (byte === LF || byte === CR) this.finishRow(byte);
      i++;
    }
    this.carried = bytes.slice(i);
    if (this.carried.length > MAX_CELL_BYTES) throw this.refusal(this.carried, 0);
  }

  /** To be called once, behind the last piece. */
  finish(): CsvImages {
    this.push(Uint8Array.of(LF));
    if (this.carried.length > 0) throw this.refusal(this.carried, 0);
    const { file, layout, room } = this;
    const { count } = room;
    if (count === 0) throw new WorkbenchError('csv.empty', { file });
    const labels = this.oneHot?.finish() ?? chosenLabels(layout, this.first, this.last);
    if (labels && 'problem' in labels) throw this.labelRefusal(labels.problem, labels.column);
    if (labels?.missing) this.refuseMissing(labels.missing, labels.column);
    const ids = this.texts.get(layout.idColumn);
    const texts = { ids, purposes: this.texts.get(layout.roleColumn) };
    if (layout.otherLabelColumn < 0) return { count, pixels: room.finish(), labels, ...texts };
    const column = labels?.column ?? layout.labelColumn;
    const pixelColumn = labels?.otherColumn ?? layout.otherLabelColumn;
    const noPixel = this.noPixels.get(pixelColumn);
    if (noPixel) throw this.valueRefusal(noPixel, pixelColumn);
    return { count, pixels: room.finish(this.pixelsBefore(column)), labels, ...texts };
  }

  /** A cell of digits alone. */
  private take(value: number, bytes: Uint8Array, start: number, end: number): void {
    const column = this.column++;
    const { labelColumn, otherLabelColumn, columns } = this.layout;
    if (column === labelColumn || column === otherLabelColumn) {
      this.takeLabel(column, value, bytes, start, end);
      if (otherLabelColumn >= 0)
        this.room.put(value <= MAX_PIXEL ? value : this.noPixel(column, bytes, start, end));
    } else if (this.uses[column] === 0) {
      if (value > MAX_PIXEL) throw this.refusal(bytes.subarray(start, end), column);
      this.room.put(value);
    } else if (column >= columns) {
      this.column = columns + 1; // the end of the row refuses it
    } else this.takeAside(column, value, bytes, start, end);
  }

  /** Any other cell: a fraction, a word, something quoted, or nothing. */
  private takeOther(bytes: Uint8Array, from: number, to: number): void {
    const [start, end] = innerCell(bytes, from, to);
    if (isHalfQuoted(bytes, start, end)) throw this.refusal(bytes.subarray(from, to), this.column);
    const { labelColumn, otherLabelColumn, columns } = this.layout;
    if (this.column >= columns && start === end) return; // a delimiter at the end of the row
    const value = numberAt(bytes, start, end, this.mark);
    if (Number.isInteger(value) && isDigits(bytes, start, end)) {
      this.take(value, bytes, from, to);
      return;
    }
    const column = this.column++;
    const isPixel = value >= LEAST_PIXEL && value <= MAX_PIXEL;
    if (column === labelColumn || column === otherLabelColumn) {
      this.takeLabel(column, value, bytes, from, to);
      if (otherLabelColumn < 0) return;
      if (isPixel) this.room.putFraction(value);
      else this.room.put(this.noPixel(column, bytes, from, to));
    } else if (this.uses[column] === 0) {
      if (!isPixel) throw this.refusal(bytes.subarray(from, to), column);
      this.room.putFraction(value);
    } else if (column >= columns) this.column = columns + 1;
    else this.takeAside(column, value, bytes, from, to);
  }

  private takeLabel(
    column: number,
    value: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const labels = column === this.layout.labelColumn ? this.first : this.last;
    if (!isDigits(bytes, start, end)) labels.hasFractions = true;
    labels.add(value, () => unquoted(this.text.decode(bytes.subarray(start, end))), this.line);
  }

  /** What stands in a column that holds neither pixels nor labels by itself. */
  private takeAside(
    column: number,
    value: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const use = this.uses[column];
    if (use === KEPT) {
      this.texts.get(column)?.push(unquoted(this.text.decode(bytes.subarray(start, end))));
    } else if (use === ONE_HOT && !this.oneHot?.take(column, value)) {
      throw this.refusal(bytes.subarray(start, end), column);
    }
  }

  /** Notes it, for the column may be that of the labels. */
  private noPixel(column: number, bytes: Uint8Array, start: number, end: number): number {
    if (!this.noPixels.has(column)) {
      const value = unquoted(textOf(bytes, start, end));
      this.noPixels.set(column, { line: this.line, value, kind: 'value' });
    }
    return 0;
  }

  /** Numbers of a row that stand before this column. */
  private pixelsBefore(column: number): number {
    return column - this.layout.ignoredColumns.filter((other) => other < column).length;
  }

  private finishRow(end: number): void {
    const { file, layout, column: columns } = this;
    if (columns !== layout.columns) {
      const expected = layout.columns;
      throw new WorkbenchError('csv.ragged', { file, row: this.line, columns, expected });
    }
    this.oneHot?.endRow(this.line);
    this.room.endRow();
    this.column = 0;
    this.line++;
    this.wasCr = end === CR;
  }

  private passBlankLine(end: number): void {
    if (end === CR || !this.wasCr) this.line++;
    this.wasCr = end === CR;
  }

  private isBlankLine(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.column > 0 || (bytes[end] !== LF && bytes[end] !== CR)) return false;
    return textOf(bytes, start, end).trim() === '';
  }

  /** A class may be called `#`; a comment is more than a cell. */
  private isComment(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes[start] !== HASH && bytes[start] !== PERCENT) return false;
    return end > start + 1 || bytes[end] === LF || bytes[end] === CR;
  }

  private behindComment(bytes: Uint8Array, start: number): number {
    let i = start;
    while (i < bytes.length && bytes[i] !== LF && bytes[i] !== CR) i++;
    const end = bytes[i];
    if (end === undefined) return i;
    this.isInComment = false;
    this.passBlankLine(end);
    return i + 1;
  }

  /** What is for testing may be without labels: it is to be predicted then. */
  private refuseMissing(missing: readonly MissingLabel[], column: number): void {
    const { roleColumn, roleName } = this.layout;
    const roles = rolesOfCells(this.texts.get(roleColumn) ?? [], roleName);
    const first = missing.find(({ row }) => roles?.[row] !== 'test');
    if (first) throw this.labelRefusal(first, column);
  }

  private labelRefusal({ line, value, kind }: LabelProblem, column: number): WorkbenchError {
    const { file } = this;
    const place = { row: line, column: column + 1, value: quoted(value) };
    return kind === 'classes'
      ? new WorkbenchError('csv.manyWords', { file, ...place, max: classCounts.max })
      : new WorkbenchError('csv.label', { file, ...place, max: classCounts.max - 1 });
  }

  private valueRefusal({ line, value }: LabelProblem, column: number): WorkbenchError {
    const place = { row: line, column: column + 1, value: quoted(value) };
    return new WorkbenchError('csv.value', { file: this.file, ...place });
  }

  private refusal(cell: Uint8Array, column: number): WorkbenchError {
    const value = textOf(cell, 0, cell.length).trim().slice(0, MAX_CELL);
    return this.valueRefusal({ line: this.line, value, kind: 'value' }, column);
  }
}
