import { classCounts } from '../../domain/data/dataset.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { DatasetFile } from '../files/datasetFile.ts';
import { wholeText } from '../text/tableText.ts';
import type { ReadingContext } from './readingContext.ts';

/** More than any hundred names need. */
export const MAX_BYTES = 2 ** 16;

/**
 * Names of classes, one a line, as CIFAR's batches.meta.txt has them; with their number before them, or, as
 * EMNIST's mapping files have it, the numbers of their characters behind that.
 */
export async function readClassNames(
  file: DatasetFile,
  context: ReadingContext,
): Promise<readonly string[]> {
  const bytes = await file.bytes(MAX_BYTES, () => context.progress.advance(0));
  const text = wholeText(file.name, bytes, context);
  const lines = text.split(/\r\n|\r|\n/).map((name) => name.trim());
  const classNames = numbered(lines.filter((name) => name !== ''));
  if (classNames.length > classCounts.max) {
    throw new WorkbenchError('dataset.classes', {
      ...{ file: file.name, classes: classNames.length, ...classCounts },
    });
  }
  return classNames;
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
