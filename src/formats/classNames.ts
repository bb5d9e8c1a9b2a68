import { classCounts } from '../domain/dataset.ts';
import { WorkbenchError } from '../util/errors.ts';
import type { DatasetFile } from './datasetFile.ts';

/** More than any hundred names need. */
export const MAX_BYTES = 2 ** 16;

/** Names of classes, one a line, as CIFAR's batches.meta.txt has them. */
export async function readClassNames(file: DatasetFile): Promise<readonly string[]> {
  const text = new TextDecoder().decode(await file.bytes(MAX_BYTES));
  const names = text.split(/\r\n|\r|\n/).map((name) => name.trim());
  const classNames = names.filter((name) => name !== '');
  if (classNames.length > classCounts.max) {
    throw new WorkbenchError('dataset.classes', {
      ...{ file: file.name, classes: classNames.length, ...classCounts },
    });
  }
  return classNames;
}
