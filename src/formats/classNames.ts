import { classCounts } from '../domain/dataset.ts';
import { WorkbenchError } from '../util/errors.ts';
import { decodeIn, strictUtf8 } from './codePage.ts';
import type { DatasetFile } from './datasetFile.ts';
import type { ReadingContext } from './readingContext.ts';
import { likeliestCodePage } from './zipNames.ts';

/** More than any hundred names need. */
export const MAX_BYTES = 2 ** 16;

/**
 * Names of classes, one a line, as CIFAR's batches.meta.txt has them; with their number before them, or, as
 * EMNIST's mapping files have it, the numbers of their characters behind that.
 */
export async function readClassNames(
  file: DatasetFile,
  context?: Pick<ReadingContext, 'assume' | 'choices'>,
): Promise<readonly string[]> {
  const text = textOf(file, await file.bytes(MAX_BYTES), context);
  const lines = text.split(/\r\n|\r|\n/).map((name) => name.trim());
  const classNames = numbered(lines.filter((name) => name !== ''));
  if (classNames.length > classCounts.max) {
    throw new WorkbenchError('dataset.classes', {
      ...{ file: file.name, classes: classNames.length, ...classCounts },
    });
  }
  return classNames;
}

function textOf(
  file: DatasetFile,
  bytes: Uint8Array,
  context?: Pick<ReadingContext, 'assume' | 'choices'>,
): string {
  const text = strictUtf8(bytes);
  if (text !== undefined) return text.replace(/^\ufeff/, '');
  const { codePage: chosen, language } = context?.choices ?? {};
  const codePage = chosen ?? likeliestCodePage([bytes], language);
  const read = decodeIn(codePage, bytes) ?? new TextDecoder().decode(bytes);
  const example = read.split(/[\r\n]/)[0] ?? '';
  const kind = chosen ? 'codePageByChoice' : 'codePage';
  context?.assume({ kind, file: file.name, codePage, example });
  return read;
}

const NUMBER_FIRST = /^(\d+)(?:[\s,;:=]+)(.+)$/;
/** A label for which no class is named, such as 0 in EMNIST's letters. */
const NO_CLASS = '–';

/** The names in the order of the numbers before them, if all have one, and none twice. */
function numbered(lines: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (const line of lines) {
    const [, number, name = ''] = NUMBER_FIRST.exec(line) ?? [];
    const label = Number(number);
    if (number === undefined || label >= 2 * classCounts.max || names[label] !== undefined)
      return lines;
    names[label] = name;
  }
  const areCodes = names.every((name) => /^\d+(\s+\d+)*$/.test(name));
  return Array.from(names, (name: string | undefined) =>
    name === undefined ? NO_CLASS : areCodes ? characterOf(name) : name,
  );
}

/** Of a letter and its small form the first. */
function characterOf(codes: string): string {
  const code = Number(codes.split(/\s+/)[0]);
  return code > 0x20 && code < 0x11_0000 ? String.fromCodePoint(code) : codes;
}
