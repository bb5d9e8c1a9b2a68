import type { Dataset } from '../domain/dataset.ts';
import { at } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { assembleDataset, type ImagesOfFile, type LabelledFile } from './assembleDataset.ts';
import { csvLayout } from './csvLayout.ts';
import { CsvPixels } from './csvPixels.ts';
import type { DatasetFile } from './datasetFile.ts';
import { datasetName } from './datasetName.ts';
import type { ReadingContext } from './readingContext.ts';
import type { ReadingProgress } from './readingProgress.ts';
import { byRole } from './roles.ts';

/** Room for the header of 64x64 pixels in three channels, and for one that is too long. */
const MAX_FIRST_LINE = 2 ** 18;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Reads CSV files of pixels, such as Kaggle's: one with labels for training, one for testing if
 * there are two, and one without labels, to be predicted.
 */
export async function readCsvDataset(
  files: readonly DatasetFile[],
  classNames: readonly string[] | undefined,
  context: ReadingContext,
): Promise<Dataset> {
  const { progress } = context;
  const labelled: LabelledFile[] = [];
  const unlabelled: ImagesOfFile[] = [];
  for (const file of files) {
    const { labels, ...images } = await readCsv(file, progress);
    if (labels) labelled.push({ ...images, labels });
    else unlabelled.push(images);
  }
  const tooMany = labelled.length > 2 ? labelled : unlabelled.length > 1 ? unlabelled : undefined;
  if (tooMany) {
    const names = tooMany.map(({ file }) => file).join(', ');
    throw new WorkbenchError('dataset.ambiguous', { files: names });
  }
  const named = labelled.map((part) => ({ name: part.file, part }));
  const two = labelled.length === 2 ? byRole(named, ({ part }) => part.count) : undefined;
  return assembleDataset({
    name: datasetName(at(files, 0).name, 'CSV'),
    ...{ source: 'CSV', classNames, unlabelled: unlabelled[0] },
    train: two ? two.train.part : labelled[0],
    test: two?.test.part,
  });
}

/** Reads one file, with labels if it has any. */
export async function readCsv(
  file: DatasetFile,
  progress: ReadingProgress,
): Promise<ImagesOfFile & { readonly labels?: Uint8Array }> {
  const { name, mostBytes } = file;
  let start: Uint8Array = new Uint8Array(0);
  let reader: { images: CsvPixels; layout: ReturnType<typeof csvLayout> } | undefined;
  const begin = (isWhole: boolean) => {
    const end = start.findIndex((byte) => byte === 0x0a || byte === 0x0d);
    if (end < 0 && !isWhole && start.length < MAX_FIRST_LINE) return;
    const bodyStart = BYTE_ORDER_MARK.every((byte, i) => start[i] === byte) ? 3 : 0;
    const line = start.subarray(bodyStart, end < 0 ? start.length : end);
    const layout = csvLayout(name, new TextDecoder().decode(line));
    const images = new CsvPixels(name, layout, mostBytes);
    images.push(start.subarray(layout.hasHeader ? bodyStart + line.length : bodyStart));
    reader = { images, layout };
  };
  for await (const piece of file.pieces()) {
    if (reader) reader.images.push(piece);
    else {
      start = joined(start, piece);
      begin(false);
    }
    await progress.advance(piece.length);
  }
  if (!reader) begin(true);
  if (!reader) throw new WorkbenchError('csv.empty', { file: name });
  const { images, layout } = reader;
  const { count, pixels, labels } = images.finish();
  const read = { file: name, shape: layout.shape, count, pixels };
  return layout.labelColumn < 0 ? read : { ...read, labels };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
