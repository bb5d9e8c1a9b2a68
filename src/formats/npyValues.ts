import { classCounts } from '../domain/dataset.ts';
import { at } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import type { NpyHeader } from './npyHeader.ts';

/** An array of a file, its bytes in C order, as long as its shape says. */
export interface NpyArray {
  readonly file: string;
  readonly header: NpyHeader;
  readonly data: Uint8Array;
}

const MAX_PIXEL = 255;

/**
 * Pixels of all arrays of a set as bytes. Whole numbers must lie between 0 and 255. Floating ones are
 * stretched from 0..1 to 0..255 where those of all arrays lie in 0..1, and are taken as they are where all
 * lie in 0..255; both are rounded. True is 255.
 */
export function npyPixels(arrays: readonly NpyArray[]): Uint8Array[] {
  const highest = Math.max(...arrays.map((array) => (areBytes(array) ? 0 : highestFloat(array))));
  return arrays.map((array) => {
    const { kind } = array.header;
    if (areBytes(array)) return array.data;
    return scaledBytes(array, kind === 'b' || (kind === 'f' && highest <= 1) ? MAX_PIXEL : 1);
  });
}

const areBytes = ({ header }: NpyArray) => header.kind === 'u' && header.itemBytes === 1;
const countOf = ({ data, header }: NpyArray) => data.length / header.itemBytes;

/** Refuses what is no pixel; 0 where the array has no floating numbers. */
function highestFloat(array: NpyArray): number {
  const values = valuesOf(array);
  const count = countOf(array);
  let highest = 0;
  for (let index = 0; index < count; index++) {
    const value = values(index);
    if (!(value >= 0 && value <= MAX_PIXEL)) {
      throw new WorkbenchError('npy.value', { file: array.file, value, index });
    }
    if (value > highest) highest = value;
  }
  return array.header.kind === 'f' ? highest : 0;
}

function scaledBytes(array: NpyArray, scale: number): Uint8Array {
  const values = valuesOf(array);
  const pixels = new Uint8Array(countOf(array));
  for (let index = 0; index < pixels.length; index++)
    pixels[index] = Math.round(scale * values(index));
  return pixels;
}

/** Labels as bytes: whole numbers from 0 on, of any type. */
export function npyLabels(array: NpyArray): Uint8Array {
  const values = valuesOf(array);
  const labels = new Uint8Array(array.data.length / array.header.itemBytes);
  const max = classCounts.max - 1;
  for (let index = 0; index < labels.length; index++) {
    const label = values(index);
    if (!Number.isInteger(label) || label < 0 || label > max) {
      throw new WorkbenchError('idx.label', { file: array.file, label, index, max });
    }
    labels[index] = label;
  }
  return labels;
}

function valuesOf({ header, data }: NpyArray): (index: number) => number {
  const { kind, itemBytes, littleEndian } = header;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (`${kind}${itemBytes}`) {
    case 'i1':
      return (index) => view.getInt8(index);
    case 'u2':
      return (index) => view.getUint16(2 * index, littleEndian);
    case 'i2':
      return (index) => view.getInt16(2 * index, littleEndian);
    case 'u4':
      return (index) => view.getUint32(4 * index, littleEndian);
    case 'i4':
      return (index) => view.getInt32(4 * index, littleEndian);
    case 'f4':
      return (index) => view.getFloat32(4 * index, littleEndian);
    case 'f8':
      return (index) => view.getFloat64(8 * index, littleEndian);
    case 'u8':
    case 'i8':
      // What matters fits into the lower half; a BigInt for each would take seconds.
      return (index) => {
        const [low, high] = littleEndian ? [8 * index, 8 * index + 4] : [8 * index + 4, 8 * index];
        const above = view.getInt32(high, littleEndian);
        return above * 2 ** 32 + view.getUint32(low, littleEndian);
      };
    default: // u1 and b1
      return (index) => at(data, index);
  }
}
