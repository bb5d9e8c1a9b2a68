import { pixelBytes } from '../domain/dataset.ts';
import { at } from '../util/assert.ts';
import { unitedLabels } from './labelColumn.ts';
import type { ReadingContext } from './readingContext.ts';
import type { ReadPart } from './readPart.ts';

/** `train_1.csv` and `train_2.csv`, `part-00000-of-00010`: called alike, but for a number. */
const NUMBERED = /^(.*?)[-_ .]*\(?(\d+)\)?([-_ ]?of[-_ ]?\d+)?$/i;

function seriesOf(file: string): { readonly stem: string; readonly number: number } | undefined {
  const name = file.replace(/([.](csv|tsv|txt|data|dat|gz))+$/i, '');
  const [, stem, number] = NUMBERED.exec(name) ?? [];
  return stem === undefined ? undefined : { stem, number: Number(number) };
}

/** Files of labelled images that are called alike but for a number, as one, in the order of their numbers. */
export function joinedSeries(
  parts: readonly ReadPart[],
  assume: ReadingContext['assume'],
): readonly ReadPart[] {
  const joined: ReadPart[] = [];
  const done = new Set<ReadPart>();
  for (const part of parts) {
    if (done.has(part)) continue;
    const series = parts.filter((other) => areOneSeries(part, other));
    const alike = series.length > 1 ? series : [part];
    for (const each of alike) done.add(each);
    joined.push(alike.length > 1 ? joinedPart(alike) : part);
    const [first] = alike;
    if (first && alike.length > 1) {
      assume({ kind: 'filesJoined', file: first.file, count: alike.length });
    }
  }
  return joined;
}

function areOneSeries(one: ReadPart, other: ReadPart): boolean {
  const [series, others] = [seriesOf(one.file), seriesOf(other.file)];
  return (
    series !== undefined &&
    series.stem === others?.stem &&
    one.labels !== undefined &&
    other.labels !== undefined &&
    pixelBytes(one.shape, 1) === pixelBytes(other.shape, 1)
  );
}

function joinedPart(parts: readonly ReadPart[]): ReadPart {
  const numberOf = ({ file }: ReadPart) => seriesOf(file)?.number ?? 0;
  const sorted = parts.toSorted((a, b) => numberOf(a) - numberOf(b));
  const first = at(sorted, 0);
  const { labels, names } = unitedLabels(sorted.flatMap((part) => part.labels ?? []));
  const idsOfAll = sorted.flatMap(({ ids }) => ids?.values ?? []);
  const count = sorted.reduce((sum, part) => sum + part.count, 0);
  const roles = sorted.flatMap((part) => part.roles?.roles ?? []);
  return {
    ...{ file: first.file, shape: first.shape, count },
    pixels: endToEnd(sorted.map(({ pixels }) => pixels)),
    labels: { labels: endToEnd(labels), names },
    ids: first.ids && idsOfAll.length === count ? { ...first.ids, values: idsOfAll } : undefined,
    roles: first.roles && roles.length === count ? { ...first.roles, roles } : undefined,
  };
}

function endToEnd(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}
