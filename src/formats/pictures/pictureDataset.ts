import { checkedClassNames } from '../../domain/data/classNames.ts';
import { classCounts, type Dataset } from '../../domain/data/dataset.ts';
import { labelsOf } from '../../domain/data/labels.ts';
import { fittingSize, sizeWords, sourceSides } from '../../domain/pictures/imageSides.ts';
import { limitsOf, mayBeDecoded } from '../../domain/pictures/largePicture.ts';
import { type PictureHeader, pictureHeader } from '../../domain/pictures/pictureHeader.ts';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { type Advance, inSteps } from '../../util/steps.ts';
import { assembleDataset, refuseSizes } from '../dataset/assembleDataset.ts';
import { datasetName } from '../dataset/datasetName.ts';
import type { ReadingContext } from '../dataset/readingContext.ts';
import type { ReadingProgress } from '../dataset/readingProgress.ts';
import type { DatasetFile } from '../files/datasetFile.ts';
import { namedByNumbers } from './namedByNumbers.ts';
import { browserDecoder, type DecodedPicture, type PictureDecoder } from './pictureDecoder.ts';
import { type LabelledPath, pictureLabels } from './pictureLabels.ts';
import { pictureIds } from './pictureNames.ts';
import { PictureStack } from './pictureStack.ts';
import { saidInTables } from './pictureTable.ts';
import { decodePlainPng } from './plainPng.ts';

/** The largest picture in three channels, uncompressed, with its header. */
export const MAX_PICTURE_BYTES = 3 * sourceSides.max ** 2 + 2 ** 16;
/** Pictures read and decoded at the same time: at most so many, so many bytes, so many pixels. */
const BATCH = { files: 64, bytes: 2 ** 25, pixels: 2 ** 24 } as const;

interface Read {
  readonly index: number;
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly header: PictureHeader;
}

/**
 * Reads pictures whose folders or names say their classes (see `pictureLabels`); those that have
 * none are to be predicted. Each is looked at before it is decoded, and decoded only a few at a
 * time.
 *
 * @param tables files that may say the classes by the names of the pictures
 * @param names of classes that are called by numbers
 */
export async function readPictureDataset(
  files: readonly DatasetFile[],
  tables: readonly DatasetFile[],
  names: readonly string[] | undefined,
  context: ReadingContext,
): Promise<Dataset> {
  const { progress, assume } = context;
  const paths = files.map(({ name }) => name);
  const said = await saidInTables(paths, tables, context);
  const found = pictureLabels(paths, said);
  const { pictures, calledAsRoles, archives, unlabelledFolders, validation } = found;
  const classNames = namedByNumbers(found.classNames, names);
  if (classNames.length > classCounts.max) {
    throw new WorkbenchError('dataset.classes', {
      ...{ file: at(pictures, 0).path, classes: classNames.length, ...classCounts },
    });
  }
  // Before all are decoded, which takes minutes.
  checkedClassNames(classNames, classNames.length);
  const sorted = pictures.map(({ index }) => at(files, index));
  const decode = context.decodePicture ?? browserDecoder();
  const stack = await readStack(sorted, decode, context);
  for (const words of calledAsRoles) assume({ kind: 'folderIsClass', ...words });
  const [archive] = archives;
  if (archive !== undefined) {
    const name = archive.replace(/([.](zip|tar|tgz|gz))+$/i, '');
    assume({ kind: 'classPerFile', file: archive, name, count: archives.length });
  }
  for (const [folder, count] of unlabelledFolders) {
    assume({ kind: 'folderUnlabelled', folder, count });
  }
  const isUnlabelled = found.classNames.length === 0;
  if (isUnlabelled) {
    assume({ kind: 'picturesUnlabelled', file: at(pictures, 0).path, count: pictures.length });
  }
  const [file] = validation;
  if (file !== undefined) assume({ kind: 'validationJoined', file, count: validation.length });
  if (stack.lightInk) assume({ kind: 'inkOnTransparent', ...stack.lightInk });
  if (stack.resampled) {
    const { resampled, shape } = stack;
    assume({ kind: 'picturesResampled', ...resampled, to: sizeWords(shape) });
  }
  const part = (belongs: (picture: LabelledPath) => boolean) => {
    const indices = pictures.flatMap((picture, index) => (belongs(picture) ? [index] : []));
    const [first] = indices;
    if (first === undefined) return undefined;
    // Where all pictures are one part, there is nothing to be copied.
    const pixels = indices.length === stack.count ? stack.pixels : stack.select(indices);
    const labels = labelsOf(indices.map((index) => at(pictures, index).label ?? 0));
    const { shape } = stack;
    const ids = pictureIds(indices.map((index) => at(pictures, index).path));
    const file = at(pictures, first).path;
    return { file, shape, count: indices.length, pixels, labels, ids };
  };
  const assembled = assembleDataset({
    name: datasetName(topFolder(at(files, 0).name), 'pictures'),
    source: 'pictures',
    classNames,
    train: part(({ role, label }) => role === 'train' && label !== undefined),
    test: part(({ role, label }) => role === 'test' && label !== undefined),
    unlabelled: part(({ label }) => label === undefined),
  });
  return inSteps(assembled, progress.advance);
}

async function readStack(
  files: readonly DatasetFile[],
  decode: PictureDecoder,
  { progress, decodePicture }: ReadingContext,
): Promise<PictureStack> {
  let stack: PictureStack | undefined;
  for (const batch of batches(files)) {
    const pause = () => progress.advance(0);
    const read = await Promise.all(batch.map((entry) => readOne(entry, pause)));
    const [{ file, header }] = [at(read, 0)];
    refuseSizes(file, { ...fittingSize(header), channels: 3 }, files.length);
    const area = ({ header }: Read) => header.height * header.width;
    const together = read.reduce((sum, each) => sum + area(each), 0) <= BATCH.pixels;
    const here = decodePicture ? [] : await decodedHere(read, progress);
    const decodeAll = () => Promise.all(read.map((each, i) => here[i] ?? decodeOne(each, decode)));
    const all = together ? await progress.waitingFor(decodeAll()) : here;
    for (const [i, each] of read.entries()) {
      const picture = all[i] ?? (await progress.waitingFor(decodeOne(each, decode)));
      await progress.advance(0);
      // Of the size that it has upright, which headers do not say.
      stack ??= new PictureStack(files.length, picture);
      await stack.put(each.index, each.file, picture, progress.advance);
      await progress.advance(each.bytes.length);
    }
  }
  stack?.finish();
  return stack ?? new PictureStack(0, { height: 1, width: 1 });
}

/** Those of them for which the browser need not be asked, each at its place. */
async function decodedHere(read: readonly Read[], progress: ReadingProgress) {
  const pictures: (DecodedPicture | undefined)[] = [];
  for (const { bytes, header } of read) {
    pictures.push(decodePlainPng(bytes, header));
    await progress.advance(0);
  }
  return pictures;
}

/** As many pictures as may be in memory at once, each with its index among all. */
function* batches(files: readonly DatasetFile[]): Generator<[number, DatasetFile][]> {
  let batch: [number, DatasetFile][] = [];
  let bytes = 0;
  for (const entry of files.entries()) {
    const { mostBytes } = entry[1];
    const isFull = batch.length === BATCH.files || bytes + mostBytes > BATCH.bytes;
    if (isFull && batch.length > 0) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(entry);
    bytes += mostBytes;
  }
  if (batch.length > 0) yield batch;
}

async function readOne([index, file]: [number, DatasetFile], pause: Advance): Promise<Read> {
  const { name } = file;
  const bytes = await file.bytes(MAX_PICTURE_BYTES, pause);
  const header = pictureHeader(bytes);
  if (!header || header.width === 0 || header.height === 0) throw unreadable(name);
  if (!mayBeDecoded(header)) {
    const { kind, width, height } = header;
    const limits = limitsOf(kind);
    throw new WorkbenchError('picture.tooLarge', { file: name, width, height, ...limits });
  }
  return { index, file: name, bytes, header };
}

async function decodeOne({ file, bytes, header }: Read, decode: PictureDecoder) {
  return await decode(bytes, header).catch(() => {
    throw unreadable(file);
  });
}

function unreadable(file: string): WorkbenchError {
  return new WorkbenchError('picture.unreadable', { file });
}

/** The outermost folder, or zip file; empty where there is none. */
function topFolder(path: string): string {
  return /^([^/\\]*)[/\\]/.exec(path)?.[1] ?? '';
}
