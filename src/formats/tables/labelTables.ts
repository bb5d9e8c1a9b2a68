import type { RowIds } from '../../domain/data/dataset.ts';
import type { DatasetAssumption } from '../../domain/data/datasetAssumption.ts';
import { at } from '../../util/assert.ts';
import { roleOfPath } from '../dataset/roles.ts';
import { LabelColumn, type ReadLabels } from './labelColumn.ts';
import { classesOf, KEY_COLUMN, type LabelTable, roleColumnOf } from './labelTable.ts';
import type { RowRoles } from './rowRoles.ts';

export interface TableLabels extends ReadLabels {
  readonly file: string;
  readonly roles?: RowRoles | undefined;
}

/** Labels in files of their own, for images that stand in the same order. Each is taken once. */
export class LabelTables {
  private readonly left: LabelTable[];
  private readonly used = new Set<LabelTable>();

  constructor(
    tables: readonly LabelTable[],
    private readonly assume: (assumption: DatasetAssumption) => void,
  ) {
    this.left = [...tables];
  }

  get hasAny(): boolean {
    return this.left.length > 0;
  }

  /**
   * The labels of so many images: of the table that has their ids, else of one that has as many rows and is
   * called alike if there are several.
   */
  take(file: string, count: number, ids?: RowIds): TableLabels | undefined {
    const role = roleOfPath(file);
    const alike = this.left.toSorted(
      (a, b) => Number(roleOfPath(b.file) === role) - Number(roleOfPath(a.file) === role),
    );
    for (const table of ids ? alike : []) {
      const found = ids && labelsById(table, ids.values);
      if (!found) continue;
      const { column, labels, places } = found;
      const roles = rolesOf(table, places);
      if (!mayLack(labels, roles)) continue;
      this.used.add(table);
      this.assume({ kind: 'labelsByName', file, labels: table.file, column });
      return { ...labels, file: table.file, roles };
    }
    for (const table of alike) {
      if (this.used.has(table)) continue;
      const found = labelsOf(table, count);
      const roles = found && rolesOf(found.table);
      if (!found || !mayLack(found.labels, roles)) continue;
      this.left.splice(this.left.indexOf(table), 1);
      this.assume({ kind: 'labelsByOrder', file, labels: table.file });
      return { ...found.labels, file: table.file, roles };
    }
    return undefined;
  }

  /** What no images were found for. */
  tellLeft(): void {
    for (const table of this.left) {
      if (!this.used.has(table)) this.assume({ kind: 'filePassedOver', file: table.file });
    }
  }
}

/** Labels may be missing of what is for testing alone. */
const mayLack = ({ missing = [] }: ReadLabels, roles: RowRoles | undefined) =>
  missing.every(({ row }) => roles?.roles[row] === 'test');

/** What a table says that its rows are for, in their order or in another one. */
function rolesOf(table: LabelTable, places?: readonly number[]): RowRoles | undefined {
  const found = roleColumnOf(table);
  if (!found) return undefined;
  const { name: column, roles } = found;
  return {
    file: table.file,
    column,
    roles: places ? places.map((place) => at(roles, place)) : roles,
  };
}

function labelsOf(
  table: LabelTable,
  count: number,
): { readonly table: LabelTable; readonly labels: ReadLabels } | undefined {
  // One row more may be a header that is called as nobody knows.
  const hasHeader = table.rows.length === count + 1;
  if (!hasHeader && table.rows.length !== count) return undefined;
  const rows = hasHeader ? table.rows.slice(1) : table.rows;
  const header = hasHeader ? table.rows[0] : table.header;
  const ordered = inOrderOfKeys({ ...table, header, rows });
  const classes = classesOf(ordered.table, ordered.keyColumn);
  const labels = classes && labelsOfTexts(classes);
  return labels && { table: ordered.table, labels };
}

/** The labels of the rows that have these ids in one column, whatever order they stand in. */
function labelsById(
  table: LabelTable,
  ids: readonly string[],
):
  | { readonly column: string; readonly labels: ReadLabels; readonly places: readonly number[] }
  | undefined {
  const columns = table.rows[0]?.length ?? 0;
  for (let column = 0; column < columns; column++) {
    const places = new Map(table.rows.map((row, place) => [row[column] ?? '', place]));
    const found = ids.flatMap((id) => places.get(id.trim()) ?? []);
    if (places.size < table.rows.length || found.length < ids.length) continue;
    const classes = classesOf(table, column);
    const labels = classes && labelsOfTexts(found.map((place) => classes[place] ?? ''));
    if (labels)
      return { column: table.header?.[column] ?? String(column + 1), labels, places: found };
  }
  return undefined;
}

function labelsOfTexts(classes: readonly string[]): ReadLabels | undefined {
  const column = new LabelColumn(classes.length);
  for (const [row, text] of classes.entries()) {
    column.add(
      /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN,
      () => text,
      row,
    );
  }
  return column.graveProblem || column.isMissing ? undefined : column.finish();
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
