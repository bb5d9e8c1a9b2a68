import type { ImageShape } from '../domain/architecture.ts';
import { type Dataset, MAX_PIXEL_BYTES } from '../domain/dataset.ts';
import { isWithin, sourceSides } from '../domain/imageSides.ts';
import { at } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { assembleDataset, type ImagesOfFile, refuseSizes } from './assembleDataset.ts';
import type { DatasetFile } from './datasetFile.ts';
import { datasetName } from './datasetName.ts';
import { NPY_HEAD_BYTES, type NpyHeader, readNpyHeader } from './npyHeader.ts';
import { type NpyArray, npyLabels, npyPixels } from './npyValues.ts';
import type { ReadingContext } from './readingContext.ts';
import type { ReadingProgress } from './readingProgress.ts';
import { byRole } from './roles.ts';

/** An array whose header was read, and nothing else. */
interface HeadedArray {
  readonly name: string;
  readonly file: DatasetFile;
  readonly header: NpyHeader;
  readonly count: number;
  /** Undefined for labels. */
  readonly shape: ImageShape | undefined;
}

interface Pair {
  readonly images: HeadedArray;
  readonly labels: HeadedArray;
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
  const all = await Promise.all(files.map(headed));
  const arrays = all.filter(({ name }) => !isForValidation(name));
  for (const array of all) {
    if (!arrays.includes(array)) context.assume({ kind: 'validationLeftOut', file: array.name });
  }
  const { train, test, unlabelled } = partsOf(arrays);
  for (const pair of [train, test]) if (pair) refuseCounts(pair);
  const ofImages = [train?.images, test?.images, unlabelled].filter((array) => array !== undefined);
  const read = await readImages(ofImages, progress);
  const imagesOf = (array: HeadedArray) => at(read, ofImages.indexOf(array));
  const labelled = async ({ images, labels }: Pair) => {
    const values = npyLabels(await readArray(labels, progress));
    return { ...imagesOf(images), labels: values, labelsFile: labels.name };
  };
  return assembleDataset({
    name: datasetName(at(files, 0).name, 'NumPy'),
    source: 'NumPy',
    classNames,
    train: train && (await labelled(train)),
    test: test && (await labelled(test)),
    unlabelled: unlabelled && imagesOf(unlabelled),
  });
}

function refuseCounts({ images, labels }: Pair): void {
  if (images.count === labels.count) return;
  throw new WorkbenchError('idx.countMismatch', {
    ...{ imagesFile: images.name, images: images.count },
    ...{ labelsFile: labels.name, labels: labels.count },
  });
}

/** MedMNIST has three parts; the page takes its validation images from those for training. */
function isForValidation(name: string): boolean {
  return /(^|_)val(idation)?(_|[.])/i.test(name.replace(/^.*[/\\]/, ''));
}

function partsOf(arrays: readonly HeadedArray[]): {
  train?: Pair;
  test?: Pair;
  unlabelled?: HeadedArray;
} {
  const images = arrays.filter(({ shape }) => shape);
  const labels = arrays.filter(({ shape }) => !shape);
  const count = ({ count }: HeadedArray) => count;
  const [only] = images;
  const [itsLabels] = labels;
  if (only && images.length === 1 && labels.length === 0) return { unlabelled: only };
  if (only && itsLabels && images.length === 1 && labels.length === 1) {
    return { train: { images: only, labels: itsLabels } };
  }
  if (images.length === 2 && itsLabels && labels.length <= 2) {
    const image = byRole(images, count);
    if (labels.length === 1) {
      return { train: { images: image.train, labels: itsLabels }, unlabelled: image.test };
    }
    const label = byRole(labels, count);
    return {
      train: { images: image.train, labels: label.train },
      test: { images: image.test, labels: label.test },
    };
  }
  const names = arrays.map(({ name, header }) => `${name} (${header.shape.join('x')})`);
  throw new WorkbenchError('npy.arrays', { files: names.join(', ') });
}

async function headed(file: DatasetFile): Promise<HeadedArray> {
  const { name } = file;
  const header = readNpyHeader(name, await file.head(NPY_HEAD_BYTES));
  const [count = 0] = header.shape;
  const isLabels =
    header.shape.length === 1 || (header.shape.length === 2 && header.shape[1] === 1);
  const shape = isLabels ? undefined : imageShape(header.shape);
  if (!isLabels && !shape) {
    throw new WorkbenchError('npy.shape', { file: name, shape: header.shape.join('x') });
  }
  if (shape) refuseSizes(name, shape, count);
  return { name, file, header, count, shape };
}

/**
 * Of (n, height, width), (n, height, width, channels), (n, channels, height, width), as PyTorch has
 * it, or (n, pixels) of square images.
 */
function imageShape([, ...extents]: readonly number[]): ImageShape | undefined {
  const [a = 0, b = 0, c = 0] = extents;
  const isColour = (channels: number) => channels === 1 || channels === 3;
  if (extents.length === 3) {
    if (isColour(c)) return { height: a, width: b, channels: c };
    return isColour(a) ? { height: b, width: c, channels: a } : undefined;
  }
  if (extents.length === 2) return { height: a, width: b, channels: 1 };
  const side = [a, a / 3].map(Math.sqrt);
  const channels = Number.isInteger(side[0]) ? 1 : 3;
  const height = at(side, channels === 1 ? 0 : 1);
  const isSquare = extents.length === 1 && Number.isInteger(height);
  return isSquare && isWithin(sourceSides, { height, width: height })
    ? { height, width: height, channels }
    : undefined;
}

/** Of all parts together, for their pixels have one range. */
async function readImages(
  arrays: readonly HeadedArray[],
  progress: ReadingProgress,
): Promise<ImagesOfFile[]> {
  const contents: NpyArray[] = [];
  for (const array of arrays) contents.push(await readArray(array, progress));
  const pixels = npyPixels(contents);
  return arrays.map((array, i) => imagesOfFile(array, at(pixels, i)));
}

function imagesOfFile(array: HeadedArray, pixels: Uint8Array): ImagesOfFile {
  const { name: file, count, header } = array;
  const shape = array.shape ?? { height: 0, width: 0, channels: 1 };
  const isPlanar = header.shape.length === 4 && header.shape[3] !== shape.channels;
  return { file, shape, count, pixels: isPlanar ? interleaved(pixels, count, shape) : pixels };
}

async function readArray(
  { name: file, file: source, header }: HeadedArray,
  progress: ReadingProgress,
) {
  const expected = header.shape.reduce((product, extent) => product * extent, header.itemBytes);
  const limit = MAX_PIXEL_BYTES;
  if (expected > limit) {
    throw new WorkbenchError('dataset.tooLarge', { file, bytes: expected, limit });
  }
  const content = await source.bytes(limit, progress.advance);
  const actual = content.length - header.dataStart;
  if (actual !== expected) throw new WorkbenchError('npy.length', { file, expected, actual });
  return { file, header, data: content.subarray(header.dataStart) };
}

function interleaved(planar: Uint8Array, count: number, shape: ImageShape): Uint8Array {
  const { channels } = shape;
  const planePixels = shape.height * shape.width;
  const out = new Uint8Array(planar.length);
  for (let image = 0; image < count; image++) {
    const start = image * planePixels * channels;
    for (let channel = 0; channel < channels; channel++) {
      for (let pixel = 0; pixel < planePixels; pixel++) {
        out[start + pixel * channels + channel] =
          planar[start + channel * planePixels + pixel] ?? 0;
      }
    }
  }
  return out;
}
