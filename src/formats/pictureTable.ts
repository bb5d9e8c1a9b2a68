import type { DatasetFile } from './datasetFile.ts';
import { classesOf, type LabelTable, readLabelTable } from './labelTable.ts';
import { baseName, stemOf } from './pictureNames.ts';
import type { ReadingContext } from './readingContext.ts';

export interface NamedClasses {
  /** By the places of the paths; undefined for pictures that the table does not name. */
  readonly classes: readonly (string | undefined)[];
  readonly column: string;
}

/** The classes that any of several tables says; what they do not speak of is passed over, and that is told. */
export async function classesInTables(
  paths: readonly string[],
  tables: readonly DatasetFile[],
  { assume }: ReadingContext,
): Promise<readonly (string | undefined)[] | undefined> {
  let all: readonly (string | undefined)[] | undefined;
  for (const file of tables) {
    const table = await readLabelTable(file);
    const named = table && classesByName(table, paths);
    if (!named) {
      assume({ kind: 'filePassedOver', file: file.name });
      continue;
    }
    const { classes, column } = named;
    all = classes.map((name, place) => name ?? all?.[place]);
    const example = paths[classes.findIndex((name) => name !== undefined)] ?? '';
    assume({ kind: 'labelsByName', file: example, labels: file.name, column });
  }
  return all;
}

/** At least this share of a table's rows must name pictures that there are. */
const LEAST_SHARE = 0.5;

/**
 * The classes of pictures whose names stand in a column of a table, with their ending or without, with their
 * folders or without. Undefined where the table is of something else.
 */
export function classesByName(
  table: LabelTable,
  paths: readonly string[],
): NamedClasses | undefined {
  const places = placesOf(paths);
  const columns = table.rows[0]?.length ?? 0;
  let best: { column: number; found: (number | undefined)[]; count: number } | undefined;
  for (let column = 0; column < columns; column++) {
    const found = table.rows.map((row) => places.get(keyOf(row[column] ?? '')));
    const count = found.filter((place) => place !== undefined).length;
    if (count > (best?.count ?? 0)) best = { column, found, count };
  }
  if (!best || best.count < LEAST_SHARE * table.rows.length) return undefined;
  const named = classesOf(table, best.column);
  if (!named) return undefined;
  const classes = new Array<string | undefined>(paths.length);
  for (const [row, place] of best.found.entries()) {
    if (place !== undefined) classes[place] = named[row] || undefined;
  }
  return { classes, column: table.header?.[best.column] ?? String(best.column + 1) };
}

/** Where a picture stands, by each name that a table may have for it; none that two pictures have. */
function placesOf(paths: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number | undefined>();
  for (const [place, path] of paths.entries()) {
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
