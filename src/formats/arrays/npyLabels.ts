import { classCounts } from '../../domain/data/dataset.ts';
import { type Labels, noLabels } from '../../domain/data/labels.ts';
import { type NumberType, numberReader } from '../../domain/data/numberType.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { LabelColumn, type ReadLabels } from '../tables/labelColumn.ts';
import type { NpyHeader, TextType } from './npyHeader.ts';

/** An array of a file, its bytes in C order, as long as its shape says. */
export interface NpyArray {
  readonly file: string;
  readonly header: NpyHeader;
  readonly data: Uint8Array;
}

const MAX_LABEL = classCounts.max - 1;

/**
 * Labels: whole numbers from 0 on, of any type, words, or rows with a 1 at the place of the class and 0
 * elsewhere.
 */
export function npyLabels({ file, header, data }: NpyArray): ReadLabels {
  const { type, shape } = header;
  const [count = 0, width = 1] = shape;
  if (isText(type)) return textLabels(file, type, data, count);
  const values = numberReader(type, data);
  return width === 1
    ? numberLabels(file, values, count)
    : { labels: oneHotLabels(file, values, count, width), names: undefined };
}

/** The strings of an array. */
export function npyTexts(type: TextType, data: Uint8Array): string[] {
  const count = Math.floor(data.length / type.itemBytes);
  return Array.from({ length: count }, (_, i) => textAt(type, data, i));
}

export function isText(type: NumberType | TextType): type is TextType {
  return type.kind === 'S' || type.kind === 'U';
}

function numberLabels(file: string, valueAt: (index: number) => number, count: number): ReadLabels {
  const labels = new LabelColumn(count);
  for (let index = 0; index < count; index++) {
    const value = valueAt(index);
    labels.add(value, () => String(value), index);
  }
  return finished(file, labels);
}

function textLabels(file: string, type: TextType, data: Uint8Array, count: number): ReadLabels {
  const labels = new LabelColumn(count);
  for (let index = 0; index < count; index++) {
    const text = textAt(type, data, index).trim();
    labels.add(text === '' ? Number.NaN : Number(text), () => text, index);
  }
  return finished(file, labels);
}

function finished(file: string, labels: LabelColumn): ReadLabels {
  const problem = labels.problem ?? labels.firstMissing;
  if (!problem) return labels.finish();
  if (problem.kind === 'classes') {
    throw tooManyClasses(file, classCounts.max + 1);
  }
  const { value: label, line: index } = problem;
  throw new WorkbenchError('idx.label', { file, label, index, max: MAX_LABEL });
}

const tooManyClasses = (file: string, classes: number) =>
  new WorkbenchError('dataset.classes', { file, classes, ...classCounts });

/** As `keras.utils.to_categorical` makes them. */
export function oneHotLabels(
  file: string,
  valueAt: (index: number) => number,
  count: number,
  width: number,
): Labels {
  if (width > classCounts.max) throw tooManyClasses(file, width);
  const labels = noLabels(count);
  for (let index = 0; index < count; index++) {
    let label = -1;
    for (let place = 0; place < width; place++) {
      const value = valueAt(index * width + place);
      if (value === 0) continue;
      if (value !== 1 || label >= 0) throw new WorkbenchError('npy.oneHot', { file, index, width });
      label = place;
    }
    if (label < 0) throw new WorkbenchError('npy.oneHot', { file, index, width });
    labels[index] = label;
  }
  return labels;
}

function textAt(
  { kind, itemBytes, littleEndian }: TextType,
  data: Uint8Array,
  index: number,
): string {
  const bytes = data.subarray(index * itemBytes, (index + 1) * itemBytes);
  if (kind === 'S') {
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let text = '';
  for (let place = 0; place < itemBytes; place += 4) {
    const point = view.getUint32(place, littleEndian);
    if (point === 0) break;
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text;
}
