import type { ReadingChoices } from '../../domain/data/readingChoices.ts';
import { sourceSides } from '../../domain/pictures/imageSides.ts';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { quoted } from '../text/quoted.ts';
import { cellNumber, csvCells, type DecimalMark } from './csvCells.ts';
import { delimitersOf, preambleOf, withoutTrailing } from './csvPreamble.ts';
import { type ColumnRoles, columnRoles } from './csvRoles.ts';

/** How the rows of a CSV file are written, and which of its columns holds what. */
export interface CsvLayout extends ColumnRoles {
  /** The byte between two cells; a space stands for any number of spaces and tabs. */
  readonly delimiter: number;
  readonly decimalMark: DecimalMark;
  /** Without an empty one at the end, which rows may have or not. */
  readonly columns: number;
  /** What the header calls the column of running numbers or names; undefined where it has no name. */
  readonly idName: string | undefined;
  /** What the header calls the column that says what each row is for; empty where there is none. */
  readonly roleName: string;
  /** What the header calls columns that are passed over and are no ids. */
  readonly unknownNames: readonly string[];
  /** Lines before the first row of pixels: a line `sep=;`, comments, a header. */
  readonly skippedLines: number;
  /** Whether the user said where the labels stand, of two places. */
  readonly isChosen: boolean;
}

/** One way of reading the rows. */
interface Reading {
  readonly delimiter: string;
  readonly decimalMark: DecimalMark;
  readonly columns: number;
  readonly hasHeader: boolean;
  readonly names: readonly string[] | undefined;
  readonly roles: ColumnRoles | undefined;
  /** Cells of the first rows that are numbers, from 0 to 1. */
  readonly numeric: number;
}

type LabelColumnChoice = NonNullable<ReadingChoices['labelColumn']>;

/** Rows that are looked at. */
export const SAMPLE_ROWS = 32;

/**
 * Finds out from the first lines how a file is written: what stands between cells and in fractions, whether
 * there is a header, which columns hold labels and running numbers. The rest are the pixels of a square
 * image, row by row, for three channels with the channels of a pixel beside each other, as NumPy flattens
 * height x width x 3.
 */
export function csvLayout(
  file: string,
  lines: readonly string[],
  choice?: ReadingChoices['labelColumn'],
): CsvLayout {
  const preamble = preambleOf(lines);
  const rows = lines
    .slice(preamble.lines)
    .filter((line) => line.trim() !== '')
    .slice(0, SAMPLE_ROWS);
  const [first] = rows;
  if (first === undefined) throw new WorkbenchError('csv.empty', { file });
  const readings = delimitersOf(preamble, first).flatMap((delimiter) =>
    (['.', ','] as const)
      .filter(
        (mark) => mark !== delimiter && (mark === '.' || rows.some((row) => row.includes(','))),
      )
      .map((mark) => readingOf(rows, preamble.comment, delimiter, mark)),
  );
  const best = readings.reduce((one, other) => (rank(other) > rank(one) ? other : one));
  const { delimiter, decimalMark, columns, hasHeader, names, roles } = best;
  if (!roles) throw columnsRefusal(file, columns, at(rows, 0));
  const skippedLines = hasHeader ? lines.indexOf(first) + 1 : preamble.lines;
  const nameOf = (column: number) => names?.[column] ?? String(column + 1);
  const isChosen = choice !== undefined && roles.otherLabelColumn >= 0;
  return {
    ...(isChosen ? chosenRoles(roles, choice) : roles),
    isChosen,
    delimiter: delimiter.charCodeAt(0),
    decimalMark,
    columns,
    idName: idNameOf(names, roles),
    roleName: roles.roleColumn < 0 ? '' : nameOf(roles.roleColumn),
    unknownNames: roles.unknownColumns.filter((each) => each !== roles.roleColumn).map(nameOf),
    skippedLines,
  };
}

/** A column that pandas or R numbered by itself says nothing of the rows. */
function idNameOf(names: readonly string[] | undefined, { idColumn }: ColumnRoles) {
  const name = names?.[idColumn];
  return name === undefined || /^(unnamed.*|index|row_?(id|names?)|x|)$/i.test(name)
    ? undefined
    : name;
}

/** Where the labels are that may stand at either end; without any, that of the first column is passed over. */
function chosenRoles(roles: ColumnRoles, choice: LabelColumnChoice): ColumnRoles {
  const { labelColumn: first, otherLabelColumn: last, ignoredColumns } = roles;
  const others = { otherLabelColumn: -1 };
  if (choice !== 'none')
    return { ...roles, ...others, labelColumn: choice === 'last' ? last : first };
  return { ...roles, ...others, labelColumn: -1, ignoredColumns: [...ignoredColumns, first] };
}

function columnsRefusal(file: string, columns: number, line: string): WorkbenchError {
  if (columns < sourceSides.min ** 2) {
    return new WorkbenchError('csv.noPixels', { file, columns, line: quoted(line) });
  }
  return new WorkbenchError('csv.columns', { file, columns });
}

/** How likely a reading is: first that its columns make an image, then that cells are numbers. */
function rank({ roles, numeric, columns }: Reading): number {
  return (roles ? 4 : 0) + numeric + 1 - 1 / (1 + columns);
}

function readingOf(
  rows: readonly string[],
  comment: string | undefined,
  delimiter: string,
  decimalMark: DecimalMark,
): Reading {
  const cells = rows.map((row) => withoutTrailing(csvCells(row, delimiter)));
  const isNumber = (cell: string) => !Number.isNaN(cellNumber(cell, decimalMark));
  const first = at(cells, 0);
  const hasHeader = isHeader(first, isNumber);
  const data = hasHeader ? cells.slice(1) : cells;
  const [row = first] = data;
  // A row that is shorter than its header is refused when it is read.
  const columns = hasHeader ? Math.max(row.length, first.length) : row.length;
  const commented = comment === undefined ? [] : withoutTrailing(csvCells(comment, delimiter));
  const names = hasHeader ? first : commented.length > 1 ? commented : undefined;
  const numbers = data.map((row) => row.map((cell) => cellNumber(cell, decimalMark)));
  const named = names && namesOf(names, columns);
  return {
    ...{ delimiter, decimalMark, columns, hasHeader, names: named },
    roles: columnRoles(columns, named, data, numbers),
    numeric: Math.max(0, ...data.map((row) => row.filter(isNumber).length / row.length)),
  };
}

/** R leaves out the name of the column that numbers the rows. */
function namesOf(header: readonly string[], columns: number): readonly string[] | undefined {
  if (header.length === columns) return header;
  return header.length === columns - 1 ? ['', ...header] : undefined;
}

/** Most cells are words, or all count from 0 on, as pandas writes columns that have no names. */
function isHeader(cells: readonly string[], isNumber: (cell: string) => boolean): boolean {
  const words = cells.filter((cell) => !isNumber(cell) && cell !== '').length;
  const start = cells[0] === '' ? 1 : 0;
  const counts = (from: number) =>
    cells.every((cell, i) => i < start || cell === String(i - start + from));
  return 2 * words >= cells.length || (cells.length > 64 && (counts(0) || counts(1)));
}
