import type { RowIds } from '../../domain/data/dataset.ts';
import { at } from '../../util/assert.ts';
import { textCell } from '../../util/csvCell.ts';

/** What a model says of unlabelled images, in their order. */
export interface Predictions {
  readonly classNames: readonly string[];
  /** Class indices. */
  readonly labels: ArrayLike<number>;
  /** What files call the images; without it they are numbered from 1, as `ImageId`. */
  readonly ids?: RowIds | undefined;
}

export interface ProbablePredictions extends Predictions {
  /** `count * classes`, image by image. */
  readonly probabilities: ArrayLike<number>;
}

/** Parts of a file, to be put into a Blob: no string or array ever holds all of it. */
export type FileParts = Uint8Array<ArrayBuffer>[];

const PART_CHARACTERS = 2 ** 20;
/** As many as a 32-bit float has. */
const DIGITS = 7;

/**
 * As Kaggle's digit recognizer takes it: what identifies the image, under the header that it had, `ImageId`
 * from 1 where there is nothing; `Label` the name of the class (`textCell`).
 */
export function submissionCsv({ classNames, labels, ids }: Predictions): FileParts {
  const names = classNames.map(textCell);
  return encode(labels.length, ids, ['Label'], (i) => [nameOf(names, labels, i)]);
}

/** The same with the probability of every class, 0 to 1, in a column of its name. */
export function probabilitiesCsv(predictions: ProbablePredictions): FileParts {
  const { classNames, labels, probabilities, ids } = predictions;
  const names = classNames.map(textCell);
  const classes = names.length;
  return encode(labels.length, ids, ['Label', ...names], (i) => [
    nameOf(names, labels, i),
    ...names.map((_, label) => Number(at(probabilities, i * classes + label).toPrecision(DIGITS))),
  ]);
}

function nameOf(names: readonly string[], labels: ArrayLike<number>, image: number): string {
  return at(names, at(labels, image));
}

function encode(
  count: number,
  ids: RowIds | undefined,
  header: readonly string[],
  cellsOf: (image: number) => readonly (string | number)[],
): FileParts {
  const parts: FileParts = [];
  const encoder = new TextEncoder();
  let text = `${[textCell(ids?.column || 'ImageId'), ...header].join(',')}\n`;
  for (let image = 0; image < count; image++) {
    const id = ids?.values[image];
    text += `${id === undefined ? image + 1 : textCell(id)},${cellsOf(image).join(',')}\n`;
    if (text.length < PART_CHARACTERS) continue;
    parts.push(encoder.encode(text));
    text = '';
  }
  return text === '' ? parts : [...parts, encoder.encode(text)];
}
