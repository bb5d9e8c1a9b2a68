import { pixelBytes } from '../../domain/data/dataset.ts';
import { type Labels, noLabels } from '../../domain/data/labels.ts';
import { at } from '../../util/assert.ts';
import { type ReadLabels, unitedLabels } from '../tables/labelColumn.ts';
import type { LabelledPart, ReadPart } from './readPart.ts';

/** Files of which columns say that they are for the same, as one. */
export function joinedRoles(parts: readonly LabelledPart[]): readonly LabelledPart[] {
  return (['train', 'test', undefined] as const).flatMap((role) => {
    const alike = parts.filter((part) => part.role === role);
    const isOne = role !== undefined && alike.length > 1 && haveOneSize(alike);
    return isOne ? [{ ...joinedParts(alike), role }] : alike;
  });
}

function haveOneSize(parts: readonly ReadPart[]): boolean {
  return new Set(parts.map(({ shape }) => pixelBytes(shape, 1))).size === 1;
}

/** The images of several files in this order, with what all of them have. */
export function joinedParts(parts: readonly ReadPart[]): LabelledPart {
  const first = at(parts, 0);
  const { labels, names } = unitedLabels(parts.flatMap((part) => part.labels ?? []));
  const idsOfAll = parts.flatMap(({ ids }) => ids?.values ?? []);
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const roles = parts.flatMap((part) => part.roles?.roles ?? []);
  return {
    ...{ file: first.file, shape: first.shape, count, labelsFile: first.labelsFile },
    pixels: endToEnd(
      parts.map(({ pixels }) => pixels),
      (length) => new Uint8Array(length),
    ),
    labels: { labels: endToEnd(labels, noLabels), names, ...missingOf(parts) },
    ids: first.ids && idsOfAll.length === count ? { ...first.ids, values: idsOfAll } : undefined,
    roles: first.roles && roles.length === count ? { ...first.roles, roles } : undefined,
  };
}

/** Rows without a label, as they are counted in all files together. */
function missingOf(parts: readonly ReadPart[]): Pick<ReadLabels, 'missing'> {
  let before = 0;
  const missing = parts.flatMap(({ labels, count }) => {
    const start = before;
    before += count;
    return (labels?.missing ?? []).map((each) => ({ ...each, row: start + each.row }));
  });
  return missing.length > 0 ? { missing } : {};
}

function endToEnd<Values extends Uint8Array | Labels>(
  pieces: readonly Values[],
  room: (length: number) => Values,
): Values {
  const all = room(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}
