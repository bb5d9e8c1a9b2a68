import type { ImageShape } from '../domain/architecture.ts';
import { isWithin, sourceSides } from '../domain/imageSides.ts';
import { WorkbenchError } from '../util/errors.ts';

/** Which column of a CSV file holds what. */
export interface CsvLayout {
  /** The byte between two cells. */
  readonly delimiter: number;
  readonly columns: number;
  readonly shape: ImageShape;
  /** Counted from 0; -1 where no column holds labels. */
  readonly labelColumn: number;
  /** A running number that is no pixel; -1 where there is none. */
  readonly idColumn: number;
  readonly hasHeader: boolean;
}

const LABEL_NAMES = /^(label|labels|class|target|y)$/i;
const ID_NAMES = /^(id|imageid|image_id|index|unnamed: 0|)$/i;
const WHOLE_NUMBER = /^\d+$/;

/**
 * Finds out from the first line what the columns hold. A header names the column of the labels
 * (Kaggle's train.csv begins with `label,pixel0,pixel1`) or a running number; without one, labels
 * stand first. The rest are the pixels of a square image, row by row, for three channels with the
 * channels of a pixel beside each other, as NumPy flattens height x width x 3. Which of the two it
 * is, and whether a label is among them, the number of columns tells: neither n and n-1 nor n and
 * 3m are both squares of sides that occur.
 */
export function csvLayout(file: string, firstLine: string): CsvLayout {
  const delimiter = delimiterOf(firstLine);
  const cells = firstLine.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const columns = cells.length;
  const hasHeader = isHeader(cells);
  const idColumn = hasHeader ? columnOf(cells, ID_NAMES) : -1;
  const pixelColumns = columns - (idColumn < 0 ? 0 : 1);
  const named = hasHeader ? columnOf(cells, LABEL_NAMES) : -1;
  const labelled = shapeOf(pixelColumns - 1);
  const unlabelled = shapeOf(pixelColumns);
  const labelColumn = named >= 0 || !labelled ? named : firstOther(idColumn);
  const shape = labelColumn >= 0 ? labelled : unlabelled;
  if (!shape) throw new WorkbenchError('csv.columns', { file, columns });
  return {
    ...{ delimiter: delimiter.charCodeAt(0), columns, shape, labelColumn, idColumn, hasHeader },
  };
}

/** The one of three that occurs most, the comma if none does. */
export function delimiterOf(line: string): string {
  const count = (delimiter: string) => line.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** Most cells are words, or all count from 0 on, as pandas writes columns that have no names. */
function isHeader(cells: readonly string[]): boolean {
  const words = cells.filter((cell) => !WHOLE_NUMBER.test(cell) && /[a-z]/i.test(cell)).length;
  const counts = cells.length > 256 && cells.every((cell, i) => cell === String(i));
  return 2 * words >= cells.length || counts;
}

function columnOf(cells: readonly string[], names: RegExp): number {
  return cells.findIndex((cell) => names.test(cell));
}

function firstOther(column: number): number {
  return column === 0 ? 1 : 0;
}

function shapeOf(pixels: number): ImageShape | undefined {
  for (const channels of [1, 3]) {
    const side = Math.sqrt(pixels / channels);
    const size = { height: side, width: side };
    if (Number.isInteger(side) && isWithin(sourceSides, size)) return { ...size, channels };
  }
  return undefined;
}
