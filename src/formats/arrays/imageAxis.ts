import { classCounts } from '../../domain/data/dataset.ts';
import { arrayImageShape } from './arrayImages.ts';
import type { NpyHeader } from './npyHeader.ts';
import { isText } from './npyLabels.ts';
import { squareShape } from './squareShape.ts';

interface NamedHeader {
  readonly file: { readonly name: string };
  readonly header: NpyHeader;
}

/** What an array is, and along which axis its images, or theirs to which its labels belong, follow each other. */
export interface ArrayPart {
  readonly isLabels: boolean;
  /** True where it is the last axis, as MATLAB has it, not the first. */
  readonly isLast: boolean;
  /** Labels of as many rows as columns, so that either axis might be the one: the first was taken. */
  readonly isUnclear: boolean;
}

/**
 * Tells labels from images and finds their axis, for arrays that belong together. Labels are (n), (n, 1) or
 * one-hot (n, classes). As (1, n) or one-hot (classes, n) they are read where images say so: n is how many
 * there are, and the other extent is not. In doubt a row is an image's.
 */
export function arrayParts(arrays: readonly NamedHeader[]): ArrayPart[] {
  const labels = arrays.map((each) => {
    const counts = imageCounts(arrays.filter((other) => other !== each));
    return { isRows: areRows(each), isLast: areColumns(each, counts), counts };
  });
  const isLabels = labels.map(({ isRows, isLast }) => isRows || isLast);
  const labelled = new Set(
    arrays.flatMap(({ header: { shape } }, i) =>
      isLabels[i] ? [(labels[i]?.isLast ? shape[1] : shape[0]) ?? 0] : [],
    ),
  );
  return labels.map(({ isLast, counts }, i) => {
    const { shape = [] } = arrays[i]?.header ?? {};
    const [first = 0, second] = shape;
    if (!isLabels[i])
      return { isLabels: false, isLast: areLast(shape, labelled), isUnclear: false };
    return {
      isLabels: true,
      isLast,
      isUnclear: first > 1 && first === second && counts.has(first),
    };
  });
}

const LABEL_NAME = /(^|_)(y|labels?|targets?)([_.\d]|$)/i;

function isNamedLabels({ file }: NamedHeader): boolean {
  return LABEL_NAME.test(file.name.replace(/^.*[/\\]/, ''));
}

/** One number or word an image, or a row of ones and zeros, which names tell from a small image. */
function areRows(array: NamedHeader): boolean {
  const { shape, type } = array.header;
  if (shape.length === 1) return true;
  const [, width = 0] = shape;
  if (shape.length > 2 || isText(type)) return shape.length === 2 && width === 1;
  if (width < 2 || width > classCounts.max) return width === 1;
  return !squareShape(width) || isNamedLabels(array);
}

/** A column for each image of the others, and not a row. */
function areColumns(array: NamedHeader, imageCounts: ReadonlySet<number>): boolean {
  const { shape, type } = array.header;
  const [height = 0, width = 0] = shape;
  if (shape.length !== 2 || width < 2 || !imageCounts.has(width)) return false;
  if (height > (isText(type) ? 1 : classCounts.max)) return false;
  if (imageCounts.has(height) && width <= classCounts.max) return false;
  return !squareShape(width) || isNamedLabels(array);
}

/** How many images these arrays may have, along their first axis or their last. */
function imageCounts(arrays: readonly NamedHeader[]): ReadonlySet<number> {
  const counts = new Set<number>();
  for (const array of arrays) {
    const { shape, type } = array.header;
    if (isText(type) || areRows(array) || (shape.length === 2 && isNamedLabels(array))) continue;
    if (arrayImageShape(shape)) counts.add(shape[0] ?? 0);
    const last = shape.at(-1) ?? 0;
    if (shape.length > 2 && last > 1 && arrayImageShape(withLastFirst(shape))) counts.add(last);
  }
  return counts;
}

/** As many as there are labels lie along the last axis, and not along the first. */
function areLast(shape: readonly number[], labelled: ReadonlySet<number>): boolean {
  const [first = 0] = shape;
  return shape.length > 2 && !labelled.has(first) && labelled.has(shape.at(-1) ?? 0);
}

export function withLastFirst(shape: readonly number[]): readonly number[] {
  return [shape.at(-1) ?? 0, ...shape.slice(0, -1)];
}
