import { pixelBytes } from '../../domain/data/dataset.ts';
import { joinedParts } from './joinedParts.ts';
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
    joined.push(alike.length > 1 ? joinedInOrder(alike, assume) : part);
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

function joinedInOrder(parts: readonly ReadPart[], assume: ReadingContext['assume']): ReadPart {
  const numberOf = ({ file }: ReadPart) => seriesOf(file)?.number ?? 0;
  const whole = joinedParts(parts.toSorted((a, b) => numberOf(a) - numberOf(b)));
  assume({ kind: 'filesJoined', file: whole.file, count: parts.length });
  if (whole.roles) return whole;
  // A column that is not in all files says nothing of their images.
  for (const { roles } of parts) {
    if (roles) assume({ kind: 'columnsIgnored', file: roles.file, columns: roles.column });
  }
  return whole;
}
