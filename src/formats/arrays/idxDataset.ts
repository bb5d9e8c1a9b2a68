import { classCounts, type Dataset } from '../../domain/data/dataset.ts';
import {
  IDX_HEADER_BYTES,
  type IdxArray,
  idxFileBytes,
  idxKind,
  parseIdx,
} from '../../domain/data/idx.ts';
import { type Labels, noLabels } from '../../domain/data/labels.ts';
import { numberReader } from '../../domain/data/numberType.ts';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { atOnce, type Steps } from '../../util/steps.ts';
import { inflate, inflateHead, isGzip } from '../archives/gzip.ts';
import { refuseSizes } from '../dataset/assembleDataset.ts';
import { assembleParts } from '../dataset/assembleParts.ts';
import { datasetName } from '../dataset/datasetName.ts';
import { pixelNumbers, pixelsAsBytes } from '../dataset/pixelNumbers.ts';
import type { ReadingContext } from '../dataset/readingContext.ts';
import type { ReadPart } from '../dataset/readPart.ts';
import type { LabelTables } from '../tables/labelTables.ts';
import { arrayImageShape, interleavedPixels } from './arrayImages.ts';
import { emnistOf, transposed } from './emnist.ts';
import { type IdxPair, pairUp } from './idxPairs.ts';
import { oneHotLabels } from './npyLabels.ts';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface IdxDatasetOptions {
  /** Instead of a name made from the files' names. */
  readonly name?: string;
  /** Images lie column by column, as in EMNIST; without it, the files' names say so. */
  readonly transpose?: boolean;
  readonly classNames?: readonly string[] | undefined;
  readonly assume?: ReadingContext['assume'];
  /** Labels that stand in files of their own, for images that have none of IDX. */
  readonly tables?: LabelTables | undefined;
}

/**
 * Reads an IDX data set from its files, raw or gzipped and in any order: images and labels for
 * training, and if there are four files, for testing. Without test files the test set has no
 * images. The classes are those of the training labels.
 */
export function readIdxDataset(
  files: readonly NamedFile[],
  options: IdxDatasetOptions = {},
): Dataset {
  return atOnce(idxDatasetSteps(files, options));
}

/** The same of files that may be long. */
export function* idxDatasetSteps(
  files: readonly NamedFile[],
  options: IdxDatasetOptions,
): Steps<Dataset> {
  const { tables } = options;
  const pairs = pairUp(files.map(inflated), tables?.hasAny ?? false);
  const emnist = emnistOf(files.map(({ name }) => name));
  const transpose = options.transpose ?? emnist !== undefined;
  const assume = options.assume ?? (() => undefined);
  const parts = yield* readPairs(pairs, transpose, assume);
  return yield* assembleParts(
    {
      name: options.name ?? datasetName(at(pairs, 0).images.name, 'IDX'),
      source: 'IDX',
      classNames: options.classNames ?? emnist?.classNames,
      parts,
    },
    { assume, tables },
  );
}

/** Inflates no further than the header inside promises; one byte more is refused. */
function inflated({ name, bytes }: NamedFile): NamedFile {
  if (!isGzip(bytes)) return { name, bytes };
  const head = inflateHead(bytes, IDX_HEADER_BYTES);
  if (idxKind(head) === undefined) {
    // What it is instead is named by its first bytes, if there are any.
    return { name, bytes: head.length > 0 ? head : inflate(name, bytes, IDX_HEADER_BYTES) };
  }
  return { name, bytes: inflate(name, bytes, idxFileBytes(name, head)) };
}

/** All pairs together, for their pixels have one range. */
function* readPairs(
  pairs: readonly IdxPair[],
  transpose: boolean,
  assume: ReadingContext['assume'],
): Steps<ReadPart[]> {
  const headed = pairs.map(({ images, labels }) => {
    const array = parseIdx(images.name, images.bytes, 'images');
    const [count = 0] = array.shape;
    const shape = arrayImageShape(array.shape);
    if (!shape) {
      throw new WorkbenchError('npy.shape', { file: images.name, shape: array.shape.join('x') });
    }
    refuseSizes(images.name, shape, count);
    const classes =
      labels && readLabels(labels.name, parseIdx(labels.name, labels.bytes, 'labels'));
    if (classes && count !== classes.length) {
      throw new WorkbenchError('idx.countMismatch', {
        ...{ imagesFile: images.name, images: count },
        ...{ labelsFile: labels.name, labels: classes.length },
      });
    }
    return { images, labels, array, shape, count, classes };
  });
  const pixels = yield* pixelsAsBytes(
    headed.map(({ images, array }) => pixelNumbers(images.name, array.type, array.data)),
    assume,
  );
  const parts: ReadPart[] = [];
  for (const [i, { images, labels, array, shape, count, classes }] of headed.entries()) {
    const upright = yield* interleavedPixels(at(pixels, i), array.shape, shape);
    const { height, width, channels } = shape;
    const turns = transpose && channels === 1;
    parts.push({
      ...{ file: images.name, labelsFile: labels?.name, count },
      labels: classes && { labels: classes, names: undefined },
      shape: turns ? { height: width, width: height, channels } : shape,
      pixels: turns ? yield* transposed(upright, count, { height, width }) : upright,
    });
  }
  return parts;
}

/** QMNIST has the class in the first of eight columns, and who wrote it in the others. */
const QMNIST_COLUMNS = 8;

function readLabels(file: string, { type, shape, data }: IdxArray): Labels {
  const [count = 0, width = 1] = shape;
  const valueAt = numberReader(type, data);
  const hasOthers = width === QMNIST_COLUMNS && type.kind === 'i' && type.itemBytes === 4;
  if (width !== 1 && !hasOthers) return oneHotLabels(file, valueAt, count, width);
  const labels = noLabels(count);
  const max = classCounts.max - 1;
  for (let index = 0; index < count; index++) {
    const label = valueAt(index * width);
    if (!(Number.isInteger(label) && label >= 0 && label <= max)) {
      throw new WorkbenchError('idx.label', { file, label, index, max });
    }
    labels[index] = label;
  }
  return labels;
}
