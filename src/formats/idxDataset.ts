import { classCounts, type Dataset } from '../domain/dataset.ts';
import {
  IDX_HEADER_BYTES,
  idxFileBytes,
  idxKind,
  parseIdxImages,
  parseIdxLabels,
} from '../domain/idx.ts';
import { WorkbenchError } from '../util/errors.ts';
import { assembleDataset, type LabelledFile, refuseSizes } from './assembleDataset.ts';
import { datasetName } from './datasetName.ts';
import { emnistOf, transposed } from './emnist.ts';
import { inflate, inflateHead, isGzip } from './gzip.ts';
import { type IdxPair, pairUp } from './idxPairs.ts';

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
  const { train, test } = pairUp(files.map(inflated));
  const imagesFile = train.images.name;
  const emnist = emnistOf(files.map(({ name }) => name));
  const transpose = options.transpose ?? emnist !== undefined;
  return assembleDataset({
    name: options.name ?? datasetName(imagesFile, 'IDX'),
    source: 'IDX',
    classNames: options.classNames ?? emnist?.classNames,
    train: readPair(train, transpose),
    test: test && readPair(test, transpose),
  });
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

function readPair({ images, labels }: IdxPair, transpose: boolean): LabelledFile {
  const { count, height, width, pixels } = parseIdxImages(images.name, images.bytes);
  const stored = { height, width, channels: 1 };
  refuseSizes(images.name, stored, count);
  const classes = parseIdxLabels(labels.name, labels.bytes, classCounts.max - 1);
  if (count !== classes.length) {
    throw new WorkbenchError('idx.countMismatch', {
      ...{ imagesFile: images.name, images: count },
      ...{ labelsFile: labels.name, labels: classes.length },
    });
  }
  return {
    ...{ file: images.name, labelsFile: labels.name, count, labels: classes },
    shape: transpose ? { height: width, width: height, channels: 1 } : stored,
    pixels: transpose ? transposed(pixels, count, { height, width }) : pixels,
  };
}
