import { pixelBytes } from '../../domain/data/dataset.ts';
import { labelsAt } from '../../domain/data/labels.ts';
import { at } from '../../util/assert.ts';
import { roleAssumptions } from '../tables/rowRoles.ts';
import type { ReadingContext } from './readingContext.ts';
import type { ReadPart } from './readPart.ts';
import type { Role } from './roleWords.ts';

/** A file that says row by row what its images are for is two: one for training, one for testing. */
export function partsOfRoles(part: ReadPart, assume: ReadingContext['assume']): ReadPart[] {
  const { roles: said, ...rest } = part;
  // What has no labels is to be predicted, whatever it is for.
  if (!part.labels || !(said || part.labels.missing)) return [rest];
  const { missing = [], ...labels } = part.labels;
  const unlabelled = missing.map(({ row }) => row);
  const left = new Set(unlabelled);
  const { labels: _, labelsFile: __, ...images } = selected(rest, unlabelled);
  // Of a series in which not all files have the column, only labels that are missing tell.
  if (!said) {
    const all = Array.from({ length: part.count }, (_, row) => row);
    assume({ kind: 'rowsUnlabelled', file: part.file, count: unlabelled.length });
    const labelled = selected(
      { ...rest, labels },
      all.filter((row) => !left.has(row)),
    );
    return [labelled, images];
  }
  for (const assumption of roleAssumptions(said, unlabelled.length)) assume(assumption);
  const rowsFor = (wanted: Role) =>
    said.roles.flatMap((role, row) =>
      (role === 'test') === (wanted === 'test') && !left.has(row) ? [row] : [],
    );
  const labelled = (['train', 'test'] as const).flatMap((role) => {
    const rows = rowsFor(role);
    return rows.length > 0 ? [{ ...selected({ ...rest, labels }, rows), role }] : [];
  });
  return unlabelled.length === 0 ? labelled : [...labelled, images];
}

function selected(part: ReadPart, rows: readonly number[]): ReadPart {
  if (rows.length === part.count) return part;
  const { shape, pixels, labels, ids } = part;
  const size = pixelBytes(shape, 1);
  const out = new Uint8Array(rows.length * size);
  for (const [to, row] of rows.entries()) {
    out.set(pixels.subarray(row * size, (row + 1) * size), to * size);
  }
  return {
    ...part,
    count: rows.length,
    pixels: out,
    labels: labels && { ...labels, labels: labelsAt(labels.labels, Uint32Array.from(rows)) },
    ids: ids && { ...ids, values: rows.map((row) => at(ids.values, row)) },
  };
}
