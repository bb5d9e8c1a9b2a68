import type { ReadingContext } from '../dataset/readingContext.ts';
import { roleOfPath } from '../dataset/roles.ts';
import type { NamedRole } from '../dataset/roleWords.ts';
import type { DatasetFile } from '../files/datasetFile.ts';
import { isNoLabel } from '../tables/labelColumn.ts';
import {
  classesOf,
  LABEL_COLUMN,
  type LabelTable,
  readLabelTable,
  roleColumnOf,
} from '../tables/labelTable.ts';
import { roleAssumptions } from '../tables/rowRoles.ts';
import { baseName, stemOf } from './pictureNames.ts';

/** By the places of the paths; undefined for pictures that no table names. */
export interface SaidOfPictures {
  readonly classes: readonly (string | undefined)[];
  readonly roles: readonly (NamedRole | undefined)[];
}

export interface NamedClasses extends SaidOfPictures {
  readonly column: string;
}

/** What any of several tables says; what they do not speak of is passed over, and that is told. */
export async function saidInTables(
  paths: readonly string[],
  tables: readonly DatasetFile[],
  context: ReadingContext,
): Promise<SaidOfPictures | undefined> {
  const { assume } = context;
  let all: SaidOfPictures | undefined;
  for (const file of tables) {
    const table = await readLabelTable(file, context);
    const named = table && classesInTable(table, paths);
    if (!named) {
      assume({ kind: 'filePassedOver', file: file.name });
      continue;
    }
    const { classes, roles, column } = named;
    const { classes: before, roles: rolesBefore } = all ?? {};
    all = {
      classes: classes.map((name, place) => name ?? before?.[place]),
      roles: roles.map((role, place) => role ?? rolesBefore?.[place]),
    };
    const example = paths[classes.findIndex((name) => name !== undefined)] ?? '';
    assume({ kind: 'labelsByName', file: example, labels: file.name, column });
    const said = roles.flatMap((role) => role ?? []);
    const { name = '' } = roleColumnOf(table) ?? {};
    if (said.length === 0) continue;
    const unlabelled = roles.filter((role, i) => role === 'test' && classes[i] === undefined);
    const ofColumn = { file: file.name, column: name, roles: said };
    for (const each of roleAssumptions(ofColumn, unlabelled.length)) assume(each);
  }
  return all;
}

/** `train.csv` speaks of what lies in `train` first: pictures of both parts may be called alike. */
function classesInTable(table: LabelTable, paths: readonly string[]): NamedClasses | undefined {
  const role = roleOfPath(table.file);
  const ofRole = role && paths.map((path) => (roleOfPath(path) === role ? path : undefined));
  return (ofRole && classesByName(table, ofRole)) ?? classesByName(table, paths);
}

/** At least this share of a table's rows must name pictures that there are. */
const LEAST_SHARE = 0.5;

/**
 * The classes of pictures whose names stand in a column of a table, with their ending or without, with their
 * folders or without: the column that names most of them, for a class may be called as a picture is (`7`).
 * Undefined where the table is of something else.
 *
 * @param paths undefined for pictures that the table does not speak of
 */
export function classesByName(
  table: LabelTable,
  paths: readonly (string | undefined)[],
): NamedClasses | undefined {
  const places = placesOf(paths);
  const columns = table.rows[0]?.length ?? 0;
  let best: { column: number; found: (number | undefined)[]; named: number } | undefined;
  for (let column = 0; column < columns; column++) {
    if (LABEL_COLUMN.test(table.header?.[column] ?? '')) continue;
    const found = table.rows.map((row) => places.get(keyOf(row[column] ?? '')));
    const named = new Set(found.filter((place) => place !== undefined)).size;
    if (named > (best?.named ?? 0)) best = { column, found, named };
  }
  if (!best || best.named < LEAST_SHARE * table.rows.length) return undefined;
  const named = classesOf(table, best.column);
  if (!named) return undefined;
  const said = roleColumnOf(table);
  const classes = new Array<string | undefined>(paths.length).fill(undefined);
  const roles = new Array<NamedRole | undefined>(paths.length).fill(undefined);
  for (const [row, place] of best.found.entries()) {
    if (place === undefined) continue;
    const role = said?.roles[row];
    const name = named[row] ?? '';
    classes[place] = name === '' || (role === 'test' && isNoLabel(name)) ? undefined : name;
    roles[place] = role;
  }
  return { classes, roles, column: table.header?.[best.column] ?? String(best.column + 1) };
}

/** Where a picture stands, by each name that a table may have for it; none that two pictures have. */
function placesOf(paths: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const places = new Map<string, number | undefined>();
  for (const [place, path] of paths.entries()) {
    if (path === undefined) continue;
    for (const name of new Set(namesOf(path))) {
      places.set(name, places.has(name) && places.get(name) !== place ? undefined : place);
    }
  }
  return new Map(
    [...places].flatMap(([name, place]) => (place === undefined ? [] : [[name, place]])),
  );
}

/** `train/cat/0001.png`, `cat/0001.png`, `0001.png`, `0001`, `1`. */
function namesOf(path: string): string[] {
  const parts = path.split(/[/\\]/);
  const tails = parts.map((_, start) => keyOf(parts.slice(start).join('/')));
  const stem = stemOf(path);
  return [
    ...tails,
    keyOf(baseName(path)),
    keyOf(stem),
    ...(/^\d+$/.test(stem) ? [String(Number(stem))] : []),
  ];
}

const keyOf = (text: string) =>
  text
    .trim()
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '')
    .toLowerCase();
