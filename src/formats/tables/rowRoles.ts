import type { DatasetAssumption } from '../../domain/data/datasetAssumption.ts';
import { type NamedRole, roleAmong, wordsOf } from '../dataset/roleWords.ts';

/** What a column says that each image is for: `split` in many sets, `Usage` in Kaggle's. */
export interface RowRoles {
  /** The file that the column stands in. */
  readonly file: string;
  readonly column: string;
  readonly roles: readonly NamedRole[];
}

/** Names of files and of images may have such a word too, beside numbers and endings. */
const WORDS = /^[\p{L}\s_-]{1,24}$/u;

/** The roles that the cells of a column say; undefined unless every one says one. */
export function rolesOfCells(cells: readonly string[]): readonly NamedRole[] | undefined {
  const known = new Map<string, NamedRole | undefined>();
  const roles: NamedRole[] = [];
  for (const cell of cells) {
    if (!known.has(cell)) known.set(cell, WORDS.test(cell) ? roleAmong(wordsOf(cell)) : undefined);
    const role = known.get(cell);
    if (role === undefined) return undefined;
    roles.push(role);
  }
  return roles.length > 0 ? roles : undefined;
}

/** The first of these columns that says in every row what it is for. */
export function roleColumnAmong(
  columns: readonly number[],
  rows: readonly (readonly string[])[],
): number | undefined {
  return columns.find((column) => rolesOfCells(rows.map((row) => row[column] ?? '')) !== undefined);
}

/** What is told of a column that is obeyed. Validation images are taken from all that are learned from. */
export function roleAssumptions({ file, column, roles }: RowRoles): readonly DatasetAssumption[] {
  const test = roles.filter((role) => role === 'test').length;
  const count = roles.filter((role) => role === 'validation').length;
  return [
    { kind: 'rolesByColumn', file, column, train: roles.length - test, test },
    ...(count > 0 ? [{ kind: 'validationJoined', file, count } as const] : []),
  ];
}
