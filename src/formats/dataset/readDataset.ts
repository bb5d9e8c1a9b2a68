import type { Dataset, DatasetSource } from '../../domain/data/dataset.ts';
import type { DatasetAssumption } from '../../domain/data/datasetAssumption.ts';
import { IDX_HEADER_BYTES, idxFileBytes, MAX_IDX_BYTES } from '../../domain/data/idx.ts';
import type { ReadingChoices } from '../../domain/data/readingChoices.ts';
import { inSteps } from '../../util/steps.ts';
import { readCifarDataset } from '../arrays/cifarDataset.ts';
import { emnistOf } from '../arrays/emnist.ts';
import { idxDatasetSteps } from '../arrays/idxDataset.ts';
import { readNumpyDataset } from '../arrays/numpyDataset.ts';
import type { DatasetFile, NamedBlob } from '../files/datasetFile.ts';
import { expandFiles } from '../files/expandFiles.ts';
import { readPictureDataset } from '../pictures/pictureDataset.ts';
import type { PictureDecoder } from '../pictures/pictureDecoder.ts';
import { readCsvDataset } from '../tables/csvDataset.ts';
import { type LabelTable, readLabelTable } from '../tables/labelTable.ts';
import { LabelTables } from '../tables/labelTables.ts';
import { type Arrangement, arrange } from './arrange.ts';
import { refuseTotal } from './assembleDataset.ts';
import { readClassNames } from './classNames.ts';
import type { ReadingContext } from './readingContext.ts';
import { type ReadingOptions, ReadingProgress } from './readingProgress.ts';
import { recognise } from './recognise.ts';
import { settled } from './settled.ts';

export interface ReadDatasetOptions extends ReadingOptions {
  /** What the user decides in place of what is assumed. */
  readonly choices?: ReadingChoices | undefined;
  /** Instead of the browser's own. */
  readonly decodePicture?: PictureDecoder;
}

/**
 * Reads a data set from files of one gesture: IDX, CSV, NumPy, CIFAR, or pictures, each by itself,
 * gzipped, or in a zip file. Five stages, a file each: what the files are by their content (`recognise`),
 * which of them belong together (`arrange`), what they hold (the reader of each format, which knows its
 * format alone), what is decided of the whole set (`settled`), and what was assumed on the way, which is
 * told with the set.
 *
 * The result may have no training images, where all there are have no labels.
 */
export async function readDataset(
  blobs: readonly NamedBlob[],
  options: ReadDatasetOptions = {},
): Promise<Dataset> {
  const { choices = {}, decodePicture, signal } = options;
  const assumptions: DatasetAssumption[] = [];
  const assume: ReadingContext['assume'] = (assumption) => assumptions.push(assumption);
  const looking = new ReadingProgress(0, { ...(signal && { signal }) });
  const pause = looking.advance;
  const files = await expandFiles(blobs, { pause, naming: choices, assume });
  const recognised = await recognise(files, { assume, progress: looking });
  const arrangement = arrange(recognised, { assume });
  const total = arrangement.data.reduce((sum, { likelyBytes }) => sum + likelyBytes, 0);
  const progress = new ReadingProgress(total, options);
  const context = { progress, choices, decodePicture, assume };
  const dataset = await decode(arrangement, context);
  progress.finish();
  const names = [...blobs, ...files].map(({ name }) => name);
  const set = await inSteps(settled(dataset, names, context), progress.advance);
  return { ...set, assumptions: [...assumptions, ...(dataset.assumptions ?? [])] };
}

async function decode(
  { source, data, tables, names }: Arrangement,
  context: ReadingContext,
): Promise<Dataset> {
  const files = data.map(({ name }) => name);
  const classNames = await knownNames(names, files, context);
  if (source === 'pictures') return readPictureDataset(data, tables, classNames, context);
  const read = await labelTables(tables, context);
  return decodeArrays(source, data, classNames, { ...context, tables: read });
}

function decodeArrays(
  source: Exclude<DatasetSource, 'pictures'>,
  data: readonly DatasetFile[],
  classNames: readonly string[] | undefined,
  context: ReadingContext,
): Promise<Dataset> {
  switch (source) {
    case 'IDX':
      return readIdx(data, classNames, context);
    case 'CSV':
      return readCsvDataset(data, classNames, context);
    case 'NumPy':
      return readNumpyDataset(data, classNames, context);
    case 'CIFAR':
      return readCifarDataset(data, classNames, context);
  }
}

/** Tables that may hold the labels of images in other files. */
async function labelTables(
  files: readonly DatasetFile[],
  context: ReadingContext,
): Promise<LabelTables> {
  const { assume } = context;
  const tables: LabelTable[] = [];
  for (const file of files) {
    const table = await readLabelTable(file, context);
    if (table) tables.push(table);
    else assume({ kind: 'filePassedOver', file: file.name });
  }
  return new LabelTables(tables, assume);
}

/** Of the classes, by a file that lists them, or by what the names of the files say. */
async function knownNames(
  list: DatasetFile | undefined,
  files: readonly string[],
  context: ReadingContext,
): Promise<readonly string[] | undefined> {
  if (list) {
    const names = await readClassNames(list, context);
    context.assume({ kind: 'namesFromFile', file: list.name });
    return names;
  }
  const emnist = emnistOf(files);
  if (emnist?.classNames) context.assume({ kind: 'namesKnown', set: 'EMNIST' });
  return emnist?.classNames;
}

/** Inflates no more of a file than its header says; what a plain one has beyond that is named later. */
async function readIdx(
  files: readonly DatasetFile[],
  classNames: readonly string[] | undefined,
  { progress, tables, assume }: ReadingContext,
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
  // Which way up images lie is decided for every format alike.
  const options = { classNames, transpose: false, assume, tables };
  return inSteps(idxDatasetSteps(read, options), progress.advance);
}
