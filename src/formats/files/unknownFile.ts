import {
  FOREIGN_HEAD_BYTES,
  type ForeignKind,
  foreignKind,
  foreignPhrases,
} from '../../domain/data/foreignFile.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { DatasetFile } from './datasetFile.ts';

/** Refuses a file that is none of a data set, and says what it is where that is known. */
export async function unknownFile(file: DatasetFile): Promise<WorkbenchError> {
  const kind = foreignKind(await file.head(FOREIGN_HEAD_BYTES));
  return kind
    ? foreignFile(file.name, kind)
    : new WorkbenchError('dataset.unknownFile', { file: file.name });
}

export function foreignFile(file: string, kind: ForeignKind): WorkbenchError {
  const { what, step } = foreignPhrases(kind);
  return new WorkbenchError('files.foreign', { file, what: { code: what }, step: { code: step } });
}
