import { type Dataset, MAX_PIXEL_BYTES, pixelBytes } from '../../domain/data/dataset.ts';
import { noLabels } from '../../domain/data/labels.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { inSteps } from '../../util/steps.ts';
import { assembleDataset, type LabelledFile } from '../dataset/assembleDataset.ts';
import type { ReadingContext } from '../dataset/readingContext.ts';
import type { ReadingProgress } from '../dataset/readingProgress.ts';
import { roleByName } from '../dataset/roles.ts';
import type { DatasetFile } from '../files/datasetFile.ts';

/**
 * The binary versions of CIFAR-10 and CIFAR-100 (cs.toronto.edu/~kriz/cifar.html): records without
 * a header, each a label (for CIFAR-100 the coarse one, then the fine one, which is used), then
 * 32x32 pixels, all red ones, all green ones, all blue ones, row by row.
 */
interface Records {
  readonly labelBytes: 1 | 2;
  readonly classes: number;
}

const shape = { height: 32, width: 32, channels: 3 } as const;
const PLANE_BYTES = 32 * 32;
const IMAGE_BYTES = pixelBytes(shape, 1);
const cifar10: Records = { labelBytes: 1, classes: 10 };
const cifar100: Records = { labelBytes: 2, classes: 100 };
const COARSE_CLASSES = 20;
/** A portion of steps.ts. */
const RECORDS_AT_ONCE = 256;

/** Which of the two a file can be that has this length and begins so. */
export function cifarRecords(bytes: number, head: Uint8Array): Records | undefined {
  const [first = 255, second = 255] = head;
  const isMultipleOf = ({ labelBytes }: Records) =>
    bytes > 0 && bytes % (labelBytes + IMAGE_BYTES) === 0;
  if (isMultipleOf(cifar10) && first < cifar10.classes) return cifar10;
  const isFine = first < COARSE_CLASSES && second < cifar100.classes;
  return isMultipleOf(cifar100) && isFine ? cifar100 : undefined;
}

/** Files called test are for testing, all others for training, in the order of their names. */
export async function readCifarDataset(
  files: readonly DatasetFile[],
  classNames: readonly string[] | undefined,
  context: ReadingContext,
): Promise<Dataset> {
  const { progress, tables } = context;
  // Each record has its label.
  tables?.tellLeft();
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const isTest = ({ name }: DatasetFile) => roleByName(name) === 'test';
  const test = sorted.filter(isTest);
  const train = sorted.filter((file) => !isTest(file));
  const head = (await sorted[0]?.head(2)) ?? new Uint8Array(0);
  const records = cifarRecords(sorted[0]?.likelyBytes ?? 0, head) ?? cifar10;
  const assembled = assembleDataset({
    name: records === cifar10 ? 'CIFAR-10' : 'CIFAR-100',
    source: 'CIFAR',
    classNames,
    train: await readRecords(train, records, progress),
    test: await readRecords(test, records, progress),
  });
  return inSteps(assembled, progress.advance);
}

async function readRecords(
  files: readonly DatasetFile[],
  { labelBytes, classes }: Records,
  progress: ReadingProgress,
): Promise<LabelledFile | undefined> {
  const [first] = files;
  if (!first) return undefined;
  const recordBytes = labelBytes + IMAGE_BYTES;
  const bytes = files.reduce((sum, file) => sum + file.likelyBytes, 0);
  const limit = MAX_PIXEL_BYTES;
  if (bytes > limit) {
    throw new WorkbenchError('dataset.tooLarge', { file: first.name, bytes, limit });
  }
  const read: Uint8Array[] = [];
  let room = limit;
  for (const file of files) {
    const content = await file.bytes(room, progress.advance);
    room -= content.length;
    const extra = content.length % recordBytes;
    if (extra > 0)
      throw new WorkbenchError('cifar.length', { file: file.name, recordBytes, extra });
    refuseLabels(file.name, content, recordBytes, { labelBytes, classes });
    read.push(content);
  }
  const count = read.reduce((sum, { length }) => sum + length, 0) / recordBytes;
  const pixels = new Uint8Array(count * IMAGE_BYTES);
  const labels = noLabels(count);
  let image = 0;
  for (const content of read) {
    for (let start = 0; start < content.length; start += recordBytes) {
      const planes = content.subarray(start + labelBytes, start + recordBytes);
      labels[image] = content[start + labelBytes - 1] ?? 0;
      interleave(planes, pixels.subarray(image * IMAGE_BYTES, (image + 1) * IMAGE_BYTES));
      image++;
      if (image % RECORDS_AT_ONCE === 0) await progress.advance(0);
    }
  }
  return { file: first.name, shape, count, pixels, labels };
}

function refuseLabels(
  file: string,
  content: Uint8Array,
  recordBytes: number,
  { labelBytes, classes }: Records,
): void {
  for (let record = 0; record * recordBytes < content.length; record++) {
    const label = content[record * recordBytes + labelBytes - 1] ?? 0;
    if (label < classes) continue;
    throw new WorkbenchError('idx.label', { file, label, index: record, max: classes - 1 });
  }
}

function interleave(planes: Uint8Array, out: Uint8Array): void {
  for (let pixel = 0; pixel < PLANE_BYTES; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      out[3 * pixel + channel] = planes[channel * PLANE_BYTES + pixel] ?? 0;
    }
  }
}
