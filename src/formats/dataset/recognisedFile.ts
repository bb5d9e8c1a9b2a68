import type { DatasetFile } from '../files/datasetFile.ts';
import type { FileKind } from './datasetKind.ts';

/** Small tables may be labels in a file of their own; texts are for people. */
export type RecognisedKind = FileKind | 'table' | 'text';

/** A file, and what it is by its content. */
export interface RecognisedFile {
  readonly file: DatasetFile;
  readonly kind: RecognisedKind;
}
