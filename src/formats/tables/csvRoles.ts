import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { classCounts } from '../../domain/data/dataset.ts';
import { squareShape } from '../arrays/squareShape.ts';
import { isQuestion, roleColumnAmong } from './rowRoles.ts';

/** What the columns of a table of pixels hold, each counted from 0; -1 where there is no such column. */
export interface ColumnRoles {
  readonly labelColumn: number;
  /** Where labels may stand instead, for the values of all rows to tell. */
  readonly otherLabelColumn: number;
  /** Columns of ones and zeros, of which each row has its one in that of its class. */
  readonly oneHot: OneHotColumns | undefined;
  /** What says in each row whether it is for training or for testing. */
  readonly roleColumn: number;
  /** A running number or a name that is no pixel. */
  readonly idColumn: number;
  /** All columns that are neither pixels nor labels. */
  readonly ignoredColumns: readonly number[];
  /** Those of them of which nobody knows what they are for. */
  readonly unknownColumns: readonly number[];
  readonly shape: ImageShape;
}

export interface OneHotColumns {
  readonly first: number;
  readonly count: number;
  /** What a header calls the classes. */
  readonly names: readonly string[] | undefined;
}

/** What a table looks like before it is known what is for what in it. */
type BareRoles = Omit<ColumnRoles, 'roleColumn'>;

const LABEL_NAMES =
  /^(label|labels|class|classes|target|targets|y|digit|character|letter|category|emotion)$/i;
const ID_NAMES =
  /^(id|(image|img)_?(id|name|path|file)|index|row_?names?|row_?id|file_?(names?|paths?)|unnamed: 0|x|)$/i;
const PICTURE_NAME = /[.](png|jpe?g|bmp|gif|tiff?|webp)$/i;
/** So many rows that count up are no labels, nor are so many that all differ. */
const RUNNING_ROWS = 20;

/**
 * Finds out what columns hold. A header names those of the labels (Kaggle's train.csv begins with
 * `label,pixel0,pixel1`) and of running numbers, or calls all pixels alike and the label otherwise. Without
 * a header, labels stand first or last. Whether a label is among them the number of columns tells: neither
 * n and n-1 nor n and 3m are both squares of sides that occur. Undefined where no shape is left.
 */
export function columnRoles(
  columns: number,
  names: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  numbers: readonly (readonly number[])[],
): ColumnRoles | undefined {
  const roles = names ? namedRoles(columns, names, rows) : unnamedRoles(columns, rows, numbers);
  if (!roles) return undefined;
  const isLabelled = roles.labelColumn >= 0 || roles.oneHot !== undefined;
  const roleColumn = roleColumnAmong(roles.unknownColumns, rows, names, isLabelled) ?? -1;
  return { ...roles, roleColumn };
}

function namedRoles(
  columns: number,
  names: readonly string[],
  rows: readonly (readonly string[])[],
): BareRoles | undefined {
  const stem = pixelStem(names);
  const isPixel = (name: string) => stemOf(name) === stem;
  const labelNamed = names.findIndex((name) => LABEL_NAMES.test(name));
  const ids = indicesOf(
    names,
    (name, i) =>
      i !== labelNamed && (ID_NAMES.test(name) || (!isPixel(name) && identifies(rows, i))),
  );
  // Words that no rule knows: which of them is the label, if any, only one of its kind tells.
  const others = indicesOf(
    names,
    (name, i) => i !== labelNamed && !ids.includes(i) && !isPixel(name),
  );
  // The only column that a table has beside its pixels is rather the label.
  const isAlone = labelNamed < 0 && others.length === 1;
  const asking = names.map((name) => (isAlone && !isQuestion(name) ? '' : name));
  const ofRoles = roleColumnAmong(others, rows, asking, labelNamed >= 0);
  const rest = others.filter((column) => column !== ofRoles);
  const [other = -1, second] = rest;
  if (labelNamed >= 0) {
    const plain = rolesOf(columns, labelNamed, ids);
    return plain ?? rolesOf(columns, labelNamed, ids, others);
  }
  if (other >= 0 && second === undefined) {
    const named = rolesOf(
      columns,
      other,
      ids,
      others.filter((each) => each !== other),
    );
    if (named) return named;
  }
  // Of a label in several columns of ones and zeros none may be taken for what it is not.
  if (areOneHot(rows, rest)) {
    const ofClass = (column: number) => (names[column] ?? '').replace(CLASS_OF, '');
    return oneHotRoles(columns, rest, ids, others, rest.map(ofClass));
  }
  if (ofRoles !== undefined && rest.length === 0) {
    const unlabelled = rolesOf(columns, -1, ids, others);
    if (unlabelled) return unlabelled;
  }
  return rolesOf(columns, -1, ids) ?? eitherEnd(columns, ids) ?? rolesOf(columns, -1, ids, others);
}

function unnamedRoles(
  columns: number,
  rows: readonly (readonly string[])[],
  numbers: readonly (readonly number[])[],
): BareRoles | undefined {
  const isId = (column: number) =>
    rises(numbers, column) || rows.every((row) => PICTURE_NAME.test(row[column] ?? ''));
  const ids = rows.length > 0 && isId(0) ? [0] : [];
  if (ids.length > 0) {
    const withId = rolesOf(columns, -1, ids) ?? eitherEnd(columns, ids);
    if (withId) return withId;
  }
  return (
    rolesOf(columns, -1, []) ??
    wordColumn(columns, numbers) ??
    oneHotAtAnEnd(columns, rows) ??
    eitherEnd(columns, []) ??
    eitherEnd(columns, [0])
  );
}

/** What is no number in every row is the label. */
function wordColumn(
  columns: number,
  numbers: readonly (readonly number[])[],
): BareRoles | undefined {
  const hasWords = (column: number) => numbers.every((row) => Number.isNaN(row[column] ?? 0));
  const column = [0, columns - 1].find(hasWords);
  return column === undefined || numbers.length === 0 ? undefined : rolesOf(columns, column, []);
}

/** What headers put before the name of a class. */
const CLASS_OF = /^(label|class|target|y|is)[-_ ]+(?=.)/i;

/** Semeion has ten columns of ones and zeros behind its pixels. */
function oneHotAtAnEnd(
  columns: number,
  rows: readonly (readonly string[])[],
): BareRoles | undefined {
  for (let count = classCounts.min; count <= classCounts.max && count < columns; count++) {
    if (!squareShape(columns - count)) continue;
    for (const first of [columns - count, 0]) {
      const hot = Array.from({ length: count }, (_, i) => first + i);
      if (rows.length > 1 && areOneHot(rows, hot)) return oneHotRoles(columns, hot, [], hot);
    }
  }
  return undefined;
}

/** @param others all columns that are neither pixels nor ids, `hot` among them */
function oneHotRoles(
  columns: number,
  hot: readonly number[],
  ids: readonly number[],
  others: readonly number[],
  names?: readonly string[],
): BareRoles | undefined {
  const [first = 0] = hot;
  const roles = rolesOf(columns, -1, ids, others);
  if (!roles || hot.some((column, i) => column !== first + i)) return undefined;
  const unknownColumns = others.filter((column) => !hot.includes(column));
  return { ...roles, unknownColumns, oneHot: { first, count: hot.length, names } };
}

function eitherEnd(columns: number, ids: readonly number[]): BareRoles | undefined {
  const first = ids.includes(0) ? 1 : 0;
  const last = ids.includes(columns - 1) ? columns - 2 : columns - 1;
  const roles = rolesOf(columns, first, ids);
  return roles && { ...roles, otherLabelColumn: last };
}

function rolesOf(
  columns: number,
  labelColumn: number,
  ids: readonly number[],
  unknownColumns: readonly number[] = [],
): BareRoles | undefined {
  const ignoredColumns = [...ids, ...unknownColumns];
  const shape = squareShape(columns - ignoredColumns.length - (labelColumn < 0 ? 0 : 1));
  const idColumn = ids[0] ?? -1;
  const others = {
    otherLabelColumn: -1,
    oneHot: undefined,
    idColumn,
    ignoredColumns,
    unknownColumns,
  };
  return shape && { labelColumn, ...others, shape };
}

/** Whether a column has the name of a picture in every row, or nothing twice. */
function identifies(rows: readonly (readonly string[])[], column: number): boolean {
  const cells = rows.map((row) => row[column] ?? '');
  if (rows.length > 0 && cells.every((cell) => PICTURE_NAME.test(cell))) return true;
  return rows.length >= RUNNING_ROWS && new Set(cells).size === rows.length;
}

/** Whether one of these columns is 1 in every row and all others are 0. */
function areOneHot(rows: readonly (readonly string[])[], columns: readonly number[]): boolean {
  return (
    columns.length > 1 &&
    rows.length > 0 &&
    rows.every((row) => {
      const values = columns.map((column) => Number(row[column] ?? Number.NaN));
      const ones = values.filter((value) => value === 1).length;
      return ones === 1 && values.every((value) => value === 0 || value === 1);
    })
  );
}

/** Enough rows, each more than the row before: neither labels nor pixels do that. */
function rises(numbers: readonly (readonly number[])[], column: number): boolean {
  return (
    numbers.length >= RUNNING_ROWS &&
    numbers.every((row, i) => i === 0 || (row[column] ?? 0) > (numbers[i - 1]?.[column] ?? 0))
  );
}

/** A name without its numbers: `pixel` of `pixel12`, `x` of `28x28`. */
const stemOf = (name: string) => name.replace(/[\d.,_\s-]+/g, '').toLowerCase();

/** What most names have in common beside their numbers. */
function pixelStem(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const stem of names.map(stemOf)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

function indicesOf(
  names: readonly string[],
  matches: (name: string, index: number) => boolean,
): number[] {
  return names.flatMap((name, index) => (matches(name, index) ? [index] : []));
}
