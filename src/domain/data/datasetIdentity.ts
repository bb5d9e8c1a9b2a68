import { hashOf, PIECE_BYTES, packBytes } from '../../util/bytePieces.ts';
import type { Dataset } from './dataset.ts';
import { keptWidth, packLabels } from './labels.ts';

/**
 * Which data set a set is: told by what it holds (pixels, labels, sides, counts), and by nothing else.
 * Its name, the names of its classes, its file and its division into training and validation images may
 * change; two sets of the same id are one.
 */
export interface DatasetIdentity {
  /** SHA-256 in hexadecimal, of the counts and the hashes of the parts. */
  readonly id: string;
  readonly bytes: number;
  /** SHA-256 of each part of its arrays laid end to end, in order: see `arraysOf`. */
  readonly partHashes: readonly string[];
}

/** The bytes of a set, array after array, as it is kept and told by: see `labels.ts`. */
export function arraysOf({ train, test, unlabelled }: Dataset): readonly Uint8Array[] {
  const width = keptWidth([train.labels, test.labels]);
  return [
    ...[train.pixels, packLabels(train.labels, width)],
    ...[test.pixels, packLabels(test.labels, width)],
    unlabelled?.pixels ?? new Uint8Array(0),
  ];
}

/** @param partBytes the length of a part but the last; another length gives another id */
export async function identityOf(
  dataset: Dataset,
  partBytes = PIECE_BYTES,
): Promise<DatasetIdentity> {
  const { train, test, unlabelled } = dataset;
  const arrays = arraysOf(dataset);
  const bytes = arrays.reduce((sum, { length }) => sum + length, 0);
  const partHashes: string[] = [];
  for (const part of packBytes(arrays, bytes, partBytes)) partHashes.push(await hashOf(part));
  const { height, width, channels } = train.shape;
  const content = {
    shape: { height, width, channels },
    trainCount: train.count,
    testCount: test.count,
    unlabelledCount: unlabelled?.count ?? 0,
  };
  const described = new TextEncoder().encode(JSON.stringify({ content, partHashes }));
  return { id: await hashOf(described), bytes, partHashes };
}

/** Of MNIST as its four files hold it. */
export const MNIST_ID = 'a6834da62adb33c111a8cdb2edb0d0481245e943e5b9a0bbe5bdc57ab36506bd';

/** Whether a run was trained on this set; undefined where nobody knows. */
export function isSetOf(
  run: { readonly datasetId?: string | undefined },
  { id }: { readonly id: string },
): boolean | undefined {
  return run.datasetId === undefined ? undefined : run.datasetId === id;
}
