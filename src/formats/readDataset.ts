import type { Dataset, DatasetSource } from '../domain/dataset.ts';
import type { DatasetAssumption } from '../domain/datasetAssumption.ts';
import { IDX_HEADER_BYTES, idxFileBytes, MAX_IDX_BYTES } from '../domain/idx.ts';
import { lookOf } from '../domain/lookOf.ts';
import type { ReadingChoices } from '../domain/readingChoices.ts';
import { at } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { refuseTotal } from './assembleDataset.ts';
import { readCifarDataset } from './cifarDataset.ts';
import { readClassNames } from './classNames.ts';
import { readCsvDataset } from './csvDataset.ts';
import type { DatasetFile, NamedBlob } from './datasetFile.ts';
import { type FileKind, fileKind } from './datasetKind.ts';
import { expandFiles, inBatches } from './expandFiles.ts';
import { readIdxDataset } from './idxDataset.ts';
import { readNumpyDataset } from './numpyDataset.ts';
import { readPictureDataset } from './pictureDataset.ts';
import type { PictureDecoder } from './pictureDecoder.ts';
import type { ReadingContext } from './readingContext.ts';
import { type ReadingOptions, ReadingProgress } from './readingProgress.ts';

export interface ReadDatasetOptions extends ReadingOptions {
  /** What the user decides in place of what is assumed. */
  readonly choices?: ReadingChoices | undefined;
  /** Instead of the browser's own. */
  readonly decodePicture?: PictureDecoder;
}

/**
 * Reads a data set from files of one gesture: IDX, CSV, NumPy, CIFAR, or pictures, each by itself,
 * gzipped, or in a zip file. What a file is its first bytes say, and only where these say nothing
 * its length and name. Files of two kinds, or of none, are refused by name.
 *
 * The result may have no training images, where all there are have no labels.
 */
export async function readDataset(
  blobs: readonly NamedBlob[],
  options: ReadDatasetOptions = {},
): Promise<Dataset> {
  const expanding = new ReadingProgress(0, { ...(options.signal && { signal: options.signal }) });
  const files = await expandFiles(blobs, expanding.advance);
  const kinds = await inBatches(files, fileKind, expanding.advance);
  const ofKind = (kind: FileKind) => files.filter((_, i) => kinds[i] === kind);
  const source = refuseMixture(files, kinds);
  const [namesFile] = ofKind('class names');
  const classNames = namesFile && (await readClassNames(namesFile));
  const data = ofKind(source);
  const total = data.reduce((sum, { likelyBytes }) => sum + likelyBytes, 0);
  const progress = new ReadingProgress(total, options);
  const assumptions: DatasetAssumption[] = [];
  const context: ReadingContext = {
    ...{ progress, choices: options.choices ?? {}, decodePicture: options.decodePicture },
    assume: (assumption) => assumptions.push(assumption),
  };
  const dataset = await read();
  progress.finish();
  const look = dataset.train.count > 0 ? lookOf(dataset.train) : undefined;
  if (look && look.ink < look.paper)
    assumptions.push({ kind: 'darkOnLight', file: at(data, 0).name });
  return { ...dataset, assumptions: [...assumptions, ...(dataset.assumptions ?? [])] };

  function read(): Promise<Dataset> {
    switch (source) {
      case 'IDX':
        return readIdx(data, classNames, context);
      case 'CSV':
        return readCsvDataset(data, classNames, context);
      case 'NumPy':
        return readNumpyDataset(data, classNames, context);
      case 'CIFAR':
        return readCifarDataset(data, classNames, context);
      case 'pictures':
        return readPictureDataset(data, context);
    }
  }
}

/** The one kind of all files. */
function refuseMixture(
  files: readonly DatasetFile[],
  kinds: readonly (FileKind | undefined)[],
): DatasetSource {
  let first: { readonly file: string; readonly kind: DatasetSource } | undefined;
  for (const [i, { name: file }] of files.entries()) {
    const kind = kinds[i];
    if (kind === undefined) throw new WorkbenchError('dataset.unknownFile', { file });
    if (kind === 'class names') continue;
    first ??= { file, kind };
    if (kind !== first.kind) {
      throw new WorkbenchError('dataset.mixture', { file: first.file, other: file });
    }
  }
  if (!first) throw new WorkbenchError('dataset.noFiles');
  return first.kind;
}

/** Inflates no more of a file than its header says; what a plain one has beyond that is named later. */
async function readIdx(
  files: readonly DatasetFile[],
  classNames: readonly string[] | undefined,
  { progress }: ReadingContext,
): Promise<Dataset> {
  const read: { name: string; bytes: Uint8Array }[] = [];
  let total = 0;
  for (const file of files) {
    const { name } = file;
    const promised = idxFileBytes(name, await file.head(IDX_HEADER_BYTES));
    total += promised - IDX_HEADER_BYTES;
    refuseTotal(name, total);
    const limit = file.isPacked ? promised : MAX_IDX_BYTES + IDX_HEADER_BYTES;
    const bytes = await file.bytes(limit, progress.advance);
    read.push({ name, bytes });
  }
  return readIdxDataset(read, { classNames });
}
