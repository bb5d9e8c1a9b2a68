import type { ImageShape } from '../architecture/architecture.ts';
import { pixelBytes } from './dataset.ts';
import type { DatasetAssumption } from './datasetAssumption.ts';
import type { LabelWidth } from './labels.ts';

/** An imported data set as the list of kept ones shows it; its images lie in parts beside it. */
export interface KeptDataset {
  /** SHA-256 of what it holds, in hexadecimal: the same files imported twice are one set. */
  readonly id: string;
  readonly name: string;
  /** What it was made from: file names, or an address. */
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly importedAt: number;
  readonly shape: ImageShape;
  readonly classNames: readonly string[];
  /** What was taken for granted when its files were read; sets kept before it was noted have none. */
  readonly assumptions?: readonly DatasetAssumption[];
  /** Set once the user has named the classes: what files say later does not undo it. */
  readonly hasTypedNames?: boolean;
  readonly trainCount: number;
  readonly testCount: number;
  /** How many of the training images validate, where the user has said it. */
  readonly validationCount?: number;
  /** Images without labels, to be predicted. */
  readonly unlabelledCount: number;
  readonly bytes: number;
  /** SHA-256 of each part, in order. */
  readonly partHashes: readonly string[];
  /** When it was put to use, of the set that was in use last. */
  readonly openedAt?: number;
  /** Set while it is hidden and its deletion can be undone. */
  readonly deletedAt?: number;
}

/** How wide its labels are kept, told by the bytes beside its pixels; undefined where these are not labels. */
export function widthIn(
  note: Pick<KeptDataset, 'shape' | 'trainCount' | 'testCount' | 'unlabelledCount' | 'bytes'>,
): LabelWidth | undefined {
  const labels = note.trainCount + note.testCount;
  const labelBytes = note.bytes - pixelBytes(note.shape, labels + note.unlabelledCount);
  if (labelBytes === labels) return 1;
  return labelBytes === 2 * labels ? 2 : undefined;
}
