import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { classCounts, type Dataset, MAX_PIXEL_BYTES } from '../../domain/data/dataset.ts';
import type { NumberType } from '../../domain/data/numberType.ts';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { inSteps, type Steps } from '../../util/steps.ts';
import { type ImagesOfFile, refuseSizes } from '../dataset/assembleDataset.ts';
import { assembleParts } from '../dataset/assembleParts.ts';
import { datasetName } from '../dataset/datasetName.ts';
import { pixelNumbers, pixelsAsBytes } from '../dataset/pixelNumbers.ts';
import type { ReadingContext } from '../dataset/readingContext.ts';
import type { ReadingProgress } from '../dataset/readingProgress.ts';
import type { ReadPart } from '../dataset/readPart.ts';
import { byRole } from '../dataset/roles.ts';
import type { DatasetFile } from '../files/datasetFile.ts';
import { arrayImageShape, interleavedPixels } from './arrayImages.ts';
import { type ArrayPart, arrayParts, withLastFirst } from './imageAxis.ts';
import { NPY_HEAD_BYTES, type NpyHeader, readNpyHeader } from './npyHeader.ts';
import { isText, type NpyArray, npyLabels, npyTexts } from './npyLabels.ts';
import { inCOrder } from './npyOrder.ts';

/** An array whose header was read, and nothing else. */
interface HeadedArray {
  readonly name: string;
  readonly file: DatasetFile;
  /** Its shape with the images along the first axis. */
  readonly header: NpyHeader;
  /** Its shape in the file, where the images lie along the last axis. */
  readonly lastShape: readonly number[] | undefined;
  readonly part: ArrayPart;
  readonly count: number;
  /** Undefined for labels. */
  readonly shape: ImageShape | undefined;
}

interface Pair {
  readonly images: HeadedArray;
  /** None where another file may have them. */
  readonly labels?: HeadedArray | undefined;
}

/**
 * Reads arrays of NumPy, as .npy files or as the entries of an .npz file, which Keras's mnist.npz
 * is: images and labels for training and for testing, told apart by their shapes, their names and
 * their sizes. Images without labels are to be predicted.
 */
export async function readNumpyDataset(
  files: readonly DatasetFile[],
  classNames: readonly string[] | undefined,
  context: ReadingContext,
): Promise<Dataset> {
  const { progress } = context;
  const headers = await Promise.all(files.map(withHeader));
  const words = headers.find(areClassNames);
  const others = headers.filter((each) => each !== words);
  const namesArray = words && headed(words, at(arrayParts([words]), 0));
  const all = arrayParts(others).map((part, i) => headed(at(others, i), part));
  const arrays = all.filter(({ name }) => !isForValidation(name));
  for (const array of arrays) assumeAxis(array, context);
  for (const array of all) {
    if (!arrays.includes(array)) context.assume({ kind: 'validationLeftOut', file: array.name });
  }
  const pairs = pairsOf(arrays);
  for (const pair of pairs) refuseCounts(pair);
  const images = await readImages(
    pairs.map((pair) => pair.images),
    context,
  );
  const parts: ReadPart[] = [];
  for (const [i, { labels }] of pairs.entries()) {
    const values = labels && npyLabels(await readArray(labels, progress));
    parts.push({ ...at(images, i), labels: values, labelsFile: labels?.name });
  }
  const names = classNames ?? (namesArray && (await textsOf(namesArray, progress)));
  const name = datasetName(at(files, 0).name, 'NumPy');
  const read = { name, source: 'NumPy', classNames: names, parts } as const;
  return inSteps(assembleParts(read, context), progress.advance);
}

function assumeAxis(
  { name: file, header, lastShape, part }: HeadedArray,
  { assume }: ReadingContext,
): void {
  const shape = (lastShape ?? header.shape).join('x');
  if (part.isLast) assume({ kind: part.isLabels ? 'labelsLast' : 'imagesLast', file, shape });
  if (part.isUnclear) assume({ kind: 'labelsSquare', file, shape });
}

function refuseCounts({ images, labels }: Pair): void {
  if (!labels || images.count === labels.count) return;
  throw new WorkbenchError('idx.countMismatch', {
    ...{ imagesFile: images.name, images: images.count },
    ...{ labelsFile: labels.name, labels: labels.count },
  });
}

/** MedMNIST has three parts; the page takes its validation images from those for training. */
function isForValidation(name: string): boolean {
  return /(^|_)val(idation)?(_|[.])/i.test(name.replace(/^.*[/\\]/, ''));
}

function pairsOf(arrays: readonly HeadedArray[]): readonly Pair[] {
  const images = arrays.filter(({ shape }) => shape);
  const labels = arrays.filter(({ shape }) => !shape);
  const count = ({ count }: HeadedArray) => count;
  const [only] = images;
  const [itsLabels] = labels;
  if (labels.length === 0 && only) return images.map((each) => ({ images: each }));
  if (only && itsLabels && images.length === 1 && labels.length === 1) {
    return [{ images: only, labels: itsLabels }];
  }
  if (images.length === 2 && itsLabels && labels.length <= 2) {
    const image = byRole(images, count);
    if (labels.length === 1) {
      return [{ images: image.train, labels: itsLabels }, { images: image.test }];
    }
    const label = byRole(labels, count);
    return [
      { images: image.train, labels: label.train },
      { images: image.test, labels: label.test },
    ];
  }
  const names = arrays.map(
    ({ name, header, lastShape }) => `${name} (${(lastShape ?? header.shape).join('x')})`,
  );
  throw new WorkbenchError('npy.arrays', { files: names.join(', ') });
}

type WithHeader = Pick<HeadedArray, 'file' | 'header'>;

async function withHeader(file: DatasetFile): Promise<WithHeader> {
  return { file, header: readNpyHeader(file.name, await file.head(NPY_HEAD_BYTES)) };
}

function headed(stored: WithHeader, part: ArrayPart): HeadedArray {
  const { file } = stored;
  const { name } = file;
  const { isLabels, isLast } = part;
  const lastShape = isLast ? stored.header.shape : undefined;
  const header = lastShape ? { ...stored.header, shape: withLastFirst(lastShape) } : stored.header;
  const [count = 0] = header.shape;
  const shape = isLabels ? undefined : arrayImageShape(header.shape);
  if (!isLabels && !shape) {
    throw new WorkbenchError('npy.shape', { file: name, shape: stored.header.shape.join('x') });
  }
  if (shape && isText(header.type)) {
    throw new WorkbenchError('npy.dtype', { file: name, dtype: header.type.kind });
  }
  if (shape) refuseSizes(name, shape, count);
  return { name, file, header, lastShape, part, count, shape };
}

const NAMES_NAME = /class|names|categor/i;

/** Words beside numbers that are the labels: what the classes are called. */
function areClassNames({ file: { name }, header: { type, shape } }: WithHeader): boolean {
  const [count = 0] = shape;
  return isText(type) && NAMES_NAME.test(name.replace(/^.*[/\\]/, '')) && count <= classCounts.max;
}

/** Of all parts together, for their pixels have one range. */
async function readImages(
  arrays: readonly HeadedArray[],
  { progress, assume }: ReadingContext,
): Promise<ImagesOfFile[]> {
  const contents: NpyArray[] = [];
  for (const array of arrays) contents.push(await readArray(array, progress));
  const numbers = contents.map(({ file, header, data }) =>
    // Words were refused when the header was read.
    pixelNumbers(file, header.type as NumberType, data),
  );
  const pixels = await inSteps(pixelsAsBytes(numbers, assume), progress.advance);
  const images: ImagesOfFile[] = [];
  for (const [i, array] of arrays.entries()) {
    images.push(await inSteps(imagesOfFile(array, at(pixels, i)), progress.advance));
  }
  return images;
}

function* imagesOfFile(array: HeadedArray, pixels: Uint8Array): Steps<ImagesOfFile> {
  const { name: file, count, header } = array;
  const shape = array.shape ?? { height: 0, width: 0, channels: 1 };
  return { file, shape, count, pixels: yield* interleavedPixels(pixels, header.shape, shape) };
}

async function readArray(
  { name: file, file: source, header, lastShape }: HeadedArray,
  progress: ReadingProgress,
): Promise<NpyArray> {
  const { type, shape: upright, isFortran, dataStart } = header;
  const shape = lastShape ?? upright;
  const expected = shape.reduce((product, extent) => product * extent, type.itemBytes);
  const limit = MAX_PIXEL_BYTES;
  if (expected > limit) {
    throw new WorkbenchError('dataset.tooLarge', { file, bytes: expected, limit });
  }
  const content = await source.bytes(limit, progress.advance);
  const actual = content.length - dataStart;
  if (actual !== expected) throw new WorkbenchError('npy.length', { file, expected, actual });
  const data = content.subarray(dataStart);
  return { file, header, data: await inSteps(inUsualOrder(), progress.advance) };

  function* inUsualOrder(): Steps<Uint8Array> {
    const inOrder = isFortran ? yield* inCOrder(data, shape, type.itemBytes) : data;
    return lastShape ? yield* lastFirst(inOrder, lastShape, type.itemBytes) : inOrder;
  }
}

/** Values in the order of C with the last axis before all others. */
function* lastFirst(
  data: Uint8Array,
  shape: readonly number[],
  itemBytes: number,
): Steps<Uint8Array> {
  const count = shape.at(-1) ?? 0;
  const size = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
  return yield* inCOrder(data, [count, size], itemBytes);
}

async function textsOf(array: HeadedArray, progress: ReadingProgress): Promise<string[]> {
  const { header, data } = await readArray(array, progress);
  return isText(header.type) ? npyTexts(header.type, data) : [];
}
