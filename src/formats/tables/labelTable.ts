import type { ReadingProgress } from '../dataset/readingProgress.ts';
import type { NamedRole } from '../dataset/roleWords.ts';
import type { DatasetFile } from '../files/datasetFile.ts';
import { type TextContext, wholeText } from '../text/tableText.ts';
import { csvCells, unquoted } from './csvCells.ts';
import { delimitersOf, preambleOf } from './csvPreamble.ts';
import { roleColumnAmong, rolesOfCells } from './rowRoles.ts';

/** Labels that stand in a file of their own, as rows of text. */
export interface LabelTable {
  readonly file: string;
  readonly header: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
}

/** Room for a long path and a label of each of 131,072 pictures. */
const MAX_BYTES = 2 ** 25;
/** Fewer than the pixels of the smallest image. */
export const MOST_COLUMNS = 15;
export const LABEL_COLUMN =
  /^(labels?|class(es)?|class_?(id|name|label)|targets?|categor(y|ies)|category_?(id|name)|y|digit|letter|character|ground_?truth)$/i;
export const KEY_COLUMN =
  /^(id|image_?id|img_?id|index|file|file_?names?|file_?paths?|image|images|img|image_?names?|image_?paths?|path|name|picture|)$/i;

/** The rows of a small table; undefined where it is none, or has too many columns to be one. */
export async function readLabelTable(
  file: DatasetFile,
  context: TextContext & { readonly progress: ReadingProgress },
): Promise<LabelTable | undefined> {
  const bytes = await file.bytes(MAX_BYTES, () => context.progress.advance(0));
  const text = wholeText(file.name, bytes, context);
  const rows = rowsOf(text.split(/\r\n|\r|\n/));
  const [first] = rows ?? [];
  if (!rows || !first || first.length > MOST_COLUMNS) return undefined;
  const hasHeader =
    first.some((cell) => LABEL_COLUMN.test(cell)) ||
    (first.length > 1 && first.every((cell) => KEY_COLUMN.test(cell) || LABEL_COLUMN.test(cell)));
  return {
    file: file.name,
    header: hasHeader ? first : undefined,
    rows: hasHeader ? rows.slice(1) : rows,
  };
}

/** Cells of all lines that stand behind a preamble; one column where no delimiter parts all of them alike. */
function rowsOf(all: readonly string[]): readonly (readonly string[])[] | undefined {
  const preamble = preambleOf(all);
  const lines = all.slice(preamble.lines).filter((line) => line.trim() !== '');
  for (const delimiter of delimitersOf(preamble, lines[0] ?? '')) {
    const rows = withoutTrailing(lines.map((line) => csvCells(line, delimiter)));
    const columns = rows[0]?.length ?? 0;
    if (columns < 2 || rows.some((row) => row.length !== columns)) continue;
    const commented = csvCells(preamble.comment ?? '', delimiter);
    const isHeader = commented.length === columns && commented.some((c) => LABEL_COLUMN.test(c));
    return isHeader ? [commented, ...rows] : rows;
  }
  return lines.every((line) => line.length <= 100)
    ? lines.map((line) => [unquoted(line)])
    : undefined;
}

/** Rows that all end in a delimiter end before it; where some do, a cell is empty. */
function withoutTrailing(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const hasTrailing = rows.every((row) => row.length > 1 && row.at(-1) === '');
  return hasTrailing ? rows.map((row) => row.slice(0, -1)) : rows;
}

/** Which column says what each row is for, and what; a column of labels says something else. */
export function roleColumnOf({
  header,
  rows,
}: Pick<LabelTable, 'header' | 'rows'>):
  | { readonly column: number; readonly name: string; readonly roles: readonly NamedRole[] }
  | undefined {
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, column) => column);
  const others = columns.filter((column) => !LABEL_COLUMN.test(header?.[column] ?? ''));
  // One column is the labels, and of two the other one must be.
  const isLabelled = columns.length > others.length;
  const column =
    others.length > 1 || isLabelled ? roleColumnAmong(others, rows, header, isLabelled) : undefined;
  if (column === undefined) return undefined;
  const roles =
    rolesOfCells(
      rows.map((row) => row[column] ?? ''),
      header?.[column],
    ) ?? [];
  return { column, name: header?.[column] ?? String(column + 1), roles };
}

/** The class of each row: what its column of labels says, or which of several columns is 1. */
export function classesOf(
  { header, rows }: Pick<LabelTable, 'header' | 'rows'>,
  keyColumn: number | undefined,
): readonly string[] | undefined {
  const columns = rows[0]?.length ?? 0;
  const ofRoles = roleColumnOf({ header, rows })?.column;
  const others = Array.from({ length: columns }, (_, column) => column).filter(
    (column) => column !== keyColumn && column !== ofRoles,
  );
  const named = others.find((column) => LABEL_COLUMN.test(header?.[column] ?? ''));
  const [only] = others;
  if (named !== undefined) return rows.map((row) => row[named] ?? '');
  if (others.length === 1 && only !== undefined) return rows.map((row) => row[only] ?? '');
  const oneHot = rows.map((row) => others.filter((column) => Number(row[column]) === 1));
  const isOneHot =
    others.length > 1 &&
    rows.every((row) => others.every((column) => [0, 1].includes(Number(row[column])))) &&
    oneHot.every((ones) => ones.length === 1);
  if (!isOneHot) return undefined;
  return oneHot.map(([column = 0]) => header?.[column] ?? String(others.indexOf(column)));
}
