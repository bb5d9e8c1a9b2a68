import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { checkedClassNames } from '../../domain/data/classNames.ts';
import {
  classCounts,
  type Dataset,
  type DatasetSource,
  type LabelledImages,
  MAX_PIXEL_BYTES,
  noImages,
  pixelBytes,
  type RowIds,
  type UnlabelledImages,
} from '../../domain/data/dataset.ts';
import type { DatasetAssumption } from '../../domain/data/datasetAssumption.ts';
import type { Labels } from '../../domain/data/labels.ts';
import { fittingSize, isWithin, sizeWords, sourceSides } from '../../domain/pictures/imageSides.ts';
import { resampleImage } from '../../domain/pictures/resampleImage.ts';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { portions, type Steps } from '../../util/steps.ts';
import { BYTE_RANGE, stretched, whiteOf } from './stretched.ts';

/** Images as a file holds them, at any accepted size. */
export interface ImagesOfFile {
  readonly file: string;
  readonly shape: ImageShape;
  readonly count: number;
  readonly pixels: Uint8Array;
  readonly ids?: RowIds | undefined;
}

export interface LabelledFile extends ImagesOfFile {
  readonly labels: Labels;
  /** Where the labels come from, if not from `file`. */
  readonly labelsFile?: string;
}

export interface DatasetParts {
  readonly name: string;
  readonly source: DatasetSource;
  readonly train?: LabelledFile | undefined;
  readonly test?: LabelledFile | undefined;
  readonly unlabelled?: ImagesOfFile | undefined;
  /** If a file says them; else the classes are called by their numbers. */
  readonly classNames?: readonly string[] | undefined;
  readonly assumptions?: readonly DatasetAssumption[];
}

/**
 * Makes a data set of what was read, whatever it was read from: sees that there are enough
 * classes, that all parts have one size, and brings them to one that the networks take, with pixels
 * from black to white.
 */
export function* assembleDataset(parts: DatasetParts): Steps<Dataset> {
  const { name, source, train, test, unlabelled } = parts;
  const first = train ?? test ?? unlabelled;
  if (!first) throw new WorkbenchError('dataset.noFiles');
  for (const part of [test, unlabelled]) if (part) refuseOtherShape(first, part);
  const present = [train, test, unlabelled].flatMap((part) => (part ? [part] : []));
  refuseTotal(
    first.file,
    present.reduce((sum, { shape, count }) => sum + pixelBytes(shape, count), 0),
  );
  const classNames = classNamesOf(parts, first);
  for (const part of [train, test]) if (part) refuseLabels(part, classNames.length - 1);

  const assumptions = [...(parts.assumptions ?? [])];
  const shape = { ...first.shape, ...fittingSize(first.shape) };
  if (sizeWords(shape) !== sizeWords(first.shape)) {
    const { file } = first;
    const [from, to] = [sizeWords(first.shape), sizeWords(shape)];
    assumptions.push({ kind: 'resampled', file, from, to });
  }
  const white = yield* whiteOf(present);
  if (white) {
    const from = `0..${white}`;
    assumptions.push({ kind: 'stretched', file: first.file, from, to: BYTE_RANGE });
  }
  function* finished(part: ImagesOfFile): Steps<UnlabelledImages> {
    return yield* imagesAt(white ? yield* stretched(part, white) : part, shape);
  }
  function* labelled(part: LabelledFile | undefined): Steps<LabelledImages> {
    return part ? { ...(yield* finished(part)), labels: part.labels } : none;
  }
  const none = noImages(shape);
  return {
    ...{ name, source, classNames, assumptions },
    train: yield* labelled(train),
    test: yield* labelled(test),
    ...(unlabelled ? { unlabelled: yield* finished(unlabelled) } : {}),
  };
}

/** Refuses a set whose parts together are more than memory should hold. @param file one of them */
export function refuseTotal(file: string, bytes: number): void {
  const limit = MAX_PIXEL_BYTES;
  if (bytes > limit) throw new WorkbenchError('dataset.tooLargeTogether', { file, bytes, limit });
}

/** Refuses images of a size that is not accepted, or more of them than memory should hold. */
export function refuseSizes(file: string, shape: ImageShape, count: number): void {
  const { height, width } = shape;
  if (!isWithin(sourceSides, shape)) {
    throw new WorkbenchError('dataset.sides', { file, height, width, ...sourceSides });
  }
  const bytes = pixelBytes(shape, count);
  const limit = MAX_PIXEL_BYTES;
  if (bytes > limit) throw new WorkbenchError('dataset.tooLarge', { file, bytes, limit });
}

function* imagesAt(
  { shape: from, count, pixels, ids }: ImagesOfFile,
  shape: ImageShape,
): Steps<UnlabelledImages> {
  const named = ids && { ids };
  if (sizeWords(from) === sizeWords(shape)) return { shape, count, pixels, ...named };
  const [bytesFrom, bytesTo] = [pixelBytes(from, 1), pixelBytes(shape, 1)];
  const out = new Uint8Array(count * bytesTo);
  for (const [first, behind] of portions(count, bytesFrom)) {
    for (let i = first; i < behind; i++) {
      const image = pixels.subarray(i * bytesFrom, (i + 1) * bytesFrom);
      out.set(resampleImage(image, from, shape), i * bytesTo);
    }
    yield;
  }
  return { shape, count, pixels: out, ...named };
}

function refuseOtherShape(first: ImagesOfFile, other: ImagesOfFile): void {
  const words = ({ shape }: ImagesOfFile) =>
    shape.channels === 1 ? sizeWords(shape) : `${sizeWords(shape)}x${shape.channels}`;
  if (words(first) === words(other)) return;
  throw new WorkbenchError('dataset.shapes', {
    ...{ trainFile: first.file, trainShape: words(first) },
    ...{ testFile: other.file, testShape: words(other) },
  });
}

/** As many as the training labels say, or the names if there are more. */
function classNamesOf(parts: DatasetParts, { file }: ImagesOfFile): readonly string[] {
  const labels = (parts.train ?? parts.test)?.labels;
  if (!labels) return [];
  const highest = labels.reduce((max, label) => Math.max(max, label), 0);
  const named = parts.classNames ?? [];
  const classes = Math.max(classCounts.min, highest + 1, named.length);
  if (classes > classCounts.max) {
    throw new WorkbenchError('dataset.classes', { file, classes, ...classCounts });
  }
  return checkedClassNames(named, classes);
}

function refuseLabels({ file, labelsFile, labels }: LabelledFile, max: number): void {
  const index = labels.findIndex((label) => label > max);
  if (index < 0) return;
  const label = at(labels, index);
  throw new WorkbenchError('idx.label', { file: labelsFile ?? file, label, index, max });
}
