import type { DatasetAssumption } from '../domain/datasetAssumption.ts';
import { LabelColumn, type ReadLabels } from './labelColumn.ts';
import { classesOf, KEY_COLUMN, type LabelTable } from './labelTable.ts';
import { roleOfPath } from './roles.ts';

export interface TableLabels extends ReadLabels {
  readonly file: string;
}

/** Labels in files of their own, for images that stand in the same order. Each is taken once. */
export class LabelTables {
  private readonly left: LabelTable[];

  constructor(
    tables: readonly LabelTable[],
    private readonly assume: (assumption: DatasetAssumption) => void,
  ) {
    this.left = [...tables];
  }

  /** The labels of so many images, of the table that is called alike if there are several. */
  take(file: string, count: number): TableLabels | undefined {
    const role = roleOfPath(file);
    const alike = this.left.toSorted(
      (a, b) => Number(roleOfPath(b.file) === role) - Number(roleOfPath(a.file) === role),
    );
    for (const table of alike) {
      const labels = labelsOf(table, count);
      if (!labels) continue;
      this.left.splice(this.left.indexOf(table), 1);
      this.assume({ kind: 'labelsByOrder', file, labels: table.file });
      return { ...labels, file: table.file };
    }
    return undefined;
  }

  /** What no images were found for. */
  tellLeft(): void {
    for (const { file } of this.left) this.assume({ kind: 'filePassedOver', file });
  }
}

function labelsOf(table: LabelTable, count: number): ReadLabels | undefined {
  // One row more may be a header that is called as nobody knows.
  const hasHeader = table.rows.length === count + 1;
  if (!hasHeader && table.rows.length !== count) return undefined;
  const rows = hasHeader ? table.rows.slice(1) : table.rows;
  const ordered = inOrderOfKeys({ ...table, rows });
  const classes = classesOf(ordered.table, ordered.keyColumn);
  if (!classes) return undefined;
  const column = new LabelColumn(count);
  for (const [row, text] of classes.entries()) {
    column.add(
      /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN,
      () => text,
      row,
    );
  }
  return column.problem || column.isMissing ? undefined : column.finish();
}

/** The rows by their running numbers, where a column has such. */
function inOrderOfKeys(table: LabelTable): {
  readonly table: LabelTable;
  readonly keyColumn: number | undefined;
} {
  const { header, rows } = table;
  const columns = rows[0]?.length ?? 0;
  if (columns < 2) return { table, keyColumn: undefined };
  const named = header?.findIndex((name) => KEY_COLUMN.test(name)) ?? -1;
  const all = Array.from({ length: columns }, (_, column) => column);
  const keyColumn = named >= 0 ? named : all.find((column) => isRunning(rows, column));
  if (keyColumn === undefined) return { table, keyColumn };
  const sorted = isRunning(rows, keyColumn)
    ? rows.toSorted((a, b) => Number(a[keyColumn]) - Number(b[keyColumn]))
    : rows;
  return { table: { ...table, rows: sorted }, keyColumn };
}

/** Whether a column has every number from 0 or 1 on once. */
function isRunning(rows: readonly (readonly string[])[], column: number): boolean {
  const numbers = rows.map((row) => Number(row[column]));
  const lowest = numbers.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY);
  if (lowest !== 0 && lowest !== 1) return false;
  const places = new Set(numbers.map((each) => each - lowest));
  return places.size === rows.length && rows.every((_, place) => places.has(place));
}
