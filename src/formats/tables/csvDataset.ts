import type { ImageShape } from '../../domain/architecture/architecture.ts';
import type { Dataset, RowIds } from '../../domain/data/dataset.ts';
import type { DatasetAssumption } from '../../domain/data/datasetAssumption.ts';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { inSteps } from '../../util/steps.ts';
import { assembleParts } from '../dataset/assembleParts.ts';
import { datasetName } from '../dataset/datasetName.ts';
import { joinedSeries } from '../dataset/joinedSeries.ts';
import { type PixelNumbers, pixelsAsBytes } from '../dataset/pixelNumbers.ts';
import type { ReadingContext } from '../dataset/readingContext.ts';
import type { DatasetFile } from '../files/datasetFile.ts';
import { tableText } from '../text/tableText.ts';
import { asUtf8 } from '../text/textEncoding.ts';
import { joined } from './csvBytes.ts';
import { plainRows } from './csvForms.ts';
import type { ChosenLabels } from './csvLabels.ts';
import { type CsvLayout, csvLayout } from './csvLayout.ts';
import { CR, LF } from './csvNumber.ts';
import { CsvPixels } from './csvPixels.ts';
import { type RowRoles, rolesOfCells } from './rowRoles.ts';

/** Rows that are looked at, as long as those of images of 64x64 in three channels. */
const SAMPLE = { bytes: 2 ** 18, rows: 4, mostBytes: 2 ** 22 } as const;

interface ReadCsv {
  readonly file: string;
  readonly shape: ImageShape;
  readonly count: number;
  readonly pixels: PixelNumbers;
  readonly labels: ChosenLabels | undefined;
  readonly ids: RowIds | undefined;
  readonly roles: RowRoles | undefined;
}

/**
 * Reads CSV files of pixels, such as Kaggle's: one with labels for training, one for testing if
 * there are two, and one without labels, to be predicted.
 */
export async function readCsvDataset(
  files: readonly DatasetFile[],
  classNames: readonly string[] | undefined,
  context: ReadingContext,
): Promise<Dataset> {
  const read: ReadCsv[] = [];
  for (const file of files) read.push(await readCsv(file, context));
  const { advance } = context.progress;
  const numbers = read.map((each) => each.pixels);
  const pixels = await inSteps(pixelsAsBytes(numbers, context.assume), advance);
  const parts = joinedSeries(
    read.map((each, i) => ({ ...each, pixels: at(pixels, i) })),
    context.assume,
  );
  const name = datasetName(at(files, 0).name, 'CSV');
  return inSteps(assembleParts({ name, source: 'CSV', classNames, parts }, context), advance);
}

/** Reads one file, with labels if it has any. */
async function readCsv(file: DatasetFile, context: ReadingContext): Promise<ReadCsv> {
  const { progress, choices } = context;
  const { name, mostBytes } = file;
  let start: Uint8Array = new Uint8Array(0);
  let reader: { images: CsvPixels; layout: CsvLayout } | undefined;
  const begin = () => {
    const text = tableText(name, wholeLines(start), context);
    const layout = csvLayout(name, linesOf(text.decode(start)), choices.labelColumn);
    const images = new CsvPixels(name, layout, mostBytes, text);
    images.push(start.subarray(startOfLine(start, layout.skippedLines)));
    reader = { images, layout };
  };
  for await (const piece of plainRows(asUtf8(file.pieces(progress.advance)))) {
    if (reader) reader.images.push(piece);
    else {
      start = joined(start, piece);
      if (isEnough(start)) begin();
    }
    await progress.advance(piece.length);
  }
  if (!reader) begin();
  if (!reader) throw new WorkbenchError('csv.empty', { file: name });
  const { images, layout } = reader;
  const finished = images.finish();
  const assumption = labelAssumption(name, layout, finished.labels);
  if (assumption) context.assume(assumption);
  const { ids: values, purposes, ...rest } = finished;
  const said = purposes && rolesOfCells(purposes, layout.roleName);
  const roles = said && { file: name, column: layout.roleName, roles: said };
  const ignored = said
    ? layout.unknownNames
    : layout.unknownNames.concat(layout.roleColumn < 0 ? [] : layout.roleName);
  if (ignored.length > 0) {
    context.assume({ kind: 'columnsIgnored', file: name, columns: ignored.join(', ') });
  }
  const { idName: column } = layout;
  const ids = values && column !== undefined ? { column, values } : undefined;
  if (ids)
    context.assume({ kind: 'ids', file: name, column: ids.column, first: ids.values[0] ?? '' });
  return { file: name, shape: layout.shape, ids, roles, ...rest };
}

/** Where the labels stand, unless a header says it. */
function labelAssumption(
  file: string,
  { isChosen }: CsvLayout,
  labels: ChosenLabels | undefined,
): DatasetAssumption | undefined {
  if (!labels) return isChosen ? { kind: 'noLabelByChoice', file } : undefined;
  const [column, other] = [labels.column + 1, labels.otherColumn + 1];
  switch (labels.place) {
    case 'named':
      return undefined;
    case 'first':
      return { kind: 'labelFirst', file, column };
    case 'last':
      return { kind: 'labelLast', file, column };
    case 'unclear':
      return { kind: 'labelUnclear', file, column, other };
    case 'chosen':
      return { kind: 'labelByChoice', file, column };
  }
}

/** Whether there are rows enough to tell how they are written. */
function isEnough(bytes: Uint8Array): boolean {
  if (bytes.length < SAMPLE.bytes) return false;
  return bytes.length >= SAMPLE.mostBytes || startOfLine(bytes, SAMPLE.rows) < bytes.length;
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Without a line that is cut off, maybe within a character. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  return bytes.length < SAMPLE.bytes ? bytes : bytes.subarray(0, bytes.lastIndexOf(LF) + 1);
}

/** Where the line begins before which there are so many; the end where there are not. */
function startOfLine(bytes: Uint8Array, lines: number): number {
  let i = 0;
  for (let line = 0; line < lines && i < bytes.length; line++) {
    while (i < bytes.length && bytes[i] !== LF && bytes[i] !== CR) i++;
    i += bytes[i] === CR && bytes[i + 1] === LF ? 2 : 1;
  }
  return i;
}
