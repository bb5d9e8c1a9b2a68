import { textCell } from '../domain/csvCell.ts';
import { at } from '../util/assert.ts';

/** What a model says of unlabelled images, in their order. */
export interface Predictions {
  readonly classNames: readonly string[];
  /** Class indices. */
  readonly labels: ArrayLike<number>;
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

/** As Kaggle's digit recognizer takes it: `ImageId` from 1, `Label` the name of the class (`textCell`). */
export function submissionCsv({ classNames, labels }: Predictions): FileParts {
  const names = classNames.map(textCell);
  return encode(labels.length, ['ImageId', 'Label'], (i) => [nameOf(names, labels, i)]);
}

/** The same with the probability of every class, 0 to 1, in a column of its name. */
export function probabilitiesCsv(predictions: ProbablePredictions): FileParts {
  const { classNames, labels, probabilities } = predictions;
  const names = classNames.map(textCell);
  const classes = names.length;
  return encode(labels.length, ['ImageId', 'Label', ...names], (i) => [
    nameOf(names, labels, i),
    ...names.map((_, label) => Number(at(probabilities, i * classes + label).toPrecision(DIGITS))),
  ]);
}

function nameOf(names: readonly string[], labels: ArrayLike<number>, image: number): string {
  return at(names, at(labels, image));
}

function encode(
  count: number,
  header: readonly string[],
  cellsOf: (image: number) => readonly (string | number)[],
): FileParts {
  const parts: FileParts = [];
  const encoder = new TextEncoder();
  let text = `${header.join(',')}\n`;
  for (let image = 0; image < count; image++) {
    text += `${image + 1},${cellsOf(image).join(',')}\n`;
    if (text.length < PART_CHARACTERS) continue;
    parts.push(encoder.encode(text));
    text = '';
  }
  return text === '' ? parts : [...parts, encoder.encode(text)];
}
