import type { Dataset, LabelledImages } from '../domain/dataset.ts';
import {
  IDX_HEADER_BYTES,
  type IdxImages,
  idxFileBytes,
  idxKind,
  parseIdxImages,
  parseIdxLabels,
} from '../domain/idx.ts';
import { imageSides } from '../domain/imageSides.ts';
import { WorkbenchError } from '../util/errors.ts';
import { inflate, inflateHead, isGzip } from './gzip.ts';
import { type IdxPair, pairUp } from './idxPairs.ts';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface IdxDatasetOptions {
  /** Instead of a name made from the files' names. */
  readonly name?: string;
}

/** One to train on, one to validate with. */
const MIN_TRAINING_IMAGES = 2;
const MIN_CLASSES = 2;

/**
 * Reads an IDX data set from its files, raw or gzipped and in any order: images and labels for
 * training, and if there are four files, for testing. Without test files the test set has no
 * images. The classes are those of the training labels.
 */
export function readIdxDataset(
  files: readonly NamedFile[],
  options: IdxDatasetOptions = {},
): Dataset {
  const { train: trainFiles, test: testFiles } = pairUp(files.map(inflated));
  const train = readPair(trainFiles, 255);
  if (train.count < MIN_TRAINING_IMAGES) {
    const { name: file } = trainFiles.images;
    throw new WorkbenchError('dataset.tooFew', {
      ...{ file, count: train.count, min: MIN_TRAINING_IMAGES },
    });
  }
  const highest = train.labels.reduce((max, label) => Math.max(max, label), 0);
  const classes = Math.max(MIN_CLASSES, highest + 1);
  const test = testFiles ? readPair(testFiles, classes - 1) : without(train);
  if (testFiles) refuseOtherSizes(trainFiles, train, testFiles, test);
  return {
    name: options.name ?? datasetName(trainFiles.images.name),
    classNames: Array.from({ length: classes }, (_, label) => String(label)),
    ...{ train, test },
  };
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

function readPair({ images, labels }: IdxPair, maxLabel: number): LabelledImages {
  const { count, height, width, pixels } = parseIdxImages(images.name, images.bytes);
  refuseSides(images.name, { height, width });
  const classes = parseIdxLabels(labels.name, labels.bytes, maxLabel);
  if (count !== classes.length) {
    throw new WorkbenchError('idx.countMismatch', {
      ...{ imagesFile: images.name, images: count },
      ...{ labelsFile: labels.name, labels: classes.length },
    });
  }
  return { shape: { height, width, channels: 1 }, count, pixels, labels: classes };
}

function refuseSides(file: string, { height, width }: Pick<IdxImages, 'height' | 'width'>): void {
  const { min, max } = imageSides;
  if (Math.min(height, width) >= min && Math.max(height, width) <= max) return;
  throw new WorkbenchError('dataset.sides', { file, height, width, min, max });
}

function refuseOtherSizes(
  trainFiles: IdxPair,
  train: LabelledImages,
  testFiles: IdxPair,
  test: LabelledImages,
): void {
  const size = ({ shape }: LabelledImages) => `${shape.height}x${shape.width}`;
  if (size(train) === size(test)) return;
  throw new WorkbenchError('dataset.shapes', {
    ...{ trainFile: trainFiles.images.name, trainShape: size(train) },
    ...{ testFile: testFiles.images.name, testShape: size(test) },
  });
}

function without({ shape }: LabelledImages): LabelledImages {
  return { shape, count: 0, pixels: new Uint8Array(0), labels: new Uint8Array(0) };
}

/** What a file name says beside the words that every IDX file has: `emnist-letters`, for one. */
function datasetName(imagesFile: string): string {
  const words = imagesFile
    .replace(/^.*[/\\]/, '')
    .split(/[-_. ]+/)
    .filter(
      (word) => !/^(train|training|test|t10k|images?|idx3?|ubyte|gz|bin|\(\d+\)|)$/i.test(word),
    );
  return words.join('-') || 'IDX';
}
