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

const YES = /^(1([.]0*)?|true|t|yes|y)$/i;
const NO = /^(0([.]0*)?|false|f|no|n)$/i;

/** What the name of a column of yes and no asks of each image: `is_train`, `isTest`, `train`. */
function askedBy(name: string): NamedRole | undefined {
  const words = wordsOf(name).filter((word) => !/^(is|in|for|set|flag)$/.test(word));
  return words.length === 1 ? roleAmong(words) : undefined;
}

/** Whether the name of a column can be nothing but such a question. */
export const isQuestion = (name: string) => /^is/i.test(name) && askedBy(name) !== undefined;

/** A cell that says yes or no, as a role; what is not asked for is for the other. */
function answered(cell: string, asked: NamedRole): NamedRole | undefined {
  if (YES.test(cell)) return asked;
  if (!NO.test(cell)) return undefined;
  return asked === 'train' ? 'test' : 'train';
}

/**
 * The roles that the cells of a column say; undefined unless every one says one.
 * @param name what its header calls it
 */
export function rolesOfCells(
  cells: readonly string[],
  name = '',
): readonly NamedRole[] | undefined {
  const asked = askedBy(name);
  const byAnswers = asked && cells.map((cell) => answered(cell.trim(), asked));
  if (byAnswers?.every((role) => role !== undefined)) {
    return byAnswers.length > 0 ? byAnswers.flatMap((role) => role ?? []) : undefined;
  }
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

/**
 * Which of these columns says in every row what it is for. Of several that ask, as `train`, `val` and `test` do,
 * the one that asks for testing: all others are learned from.
 * @param isLabelled whether it is known what else the labels are
 */
export function roleColumnAmong(
  columns: readonly number[],
  rows: readonly (readonly string[])[],
  names: readonly string[] = [],
  isLabelled = false,
): number | undefined {
  const nameOf = (column: number) => names[column] ?? '';
  const cells = (column: number) => rows.map((row) => row[column] ?? '');
  const isYesOrNo = (column: number) =>
    cells(column).every((cell) => YES.test(cell) || NO.test(cell));
  const yesOrNo = columns.filter(isYesOrNo);
  // Trains are a class too: of columns that are yes for one class each, none says a role.
  const areClasses =
    !isLabelled &&
    yesOrNo.some((column) => askedBy(nameOf(column)) === undefined) &&
    rows.every((row) => yesOrNo.filter((column) => YES.test(row[column] ?? '')).length === 1);
  const saying = columns.filter(
    (column) =>
      !(areClasses && yesOrNo.includes(column)) &&
      rolesOfCells(cells(column), nameOf(column)) !== undefined,
  );
  const asksForTest = (column: number) =>
    yesOrNo.includes(column) && askedBy(nameOf(column)) === 'test';
  return saying.find(asksForTest) ?? saying[0];
}

/** What is told of a column that is obeyed. Validation images are taken from all that are learned from. */
export function roleAssumptions(
  { file, column, roles }: RowRoles,
  unlabelled = 0,
): readonly DatasetAssumption[] {
  const test = roles.filter((role) => role === 'test').length;
  const count = roles.filter((role) => role === 'validation').length;
  return [
    { kind: 'rolesByColumn', file, column, train: roles.length - test, test: test - unlabelled },
    ...(unlabelled > 0 ? [{ kind: 'rowsUnlabelled', file, count: unlabelled } as const] : []),
    ...(count > 0 ? [{ kind: 'validationJoined', file, count } as const] : []),
  ];
}
