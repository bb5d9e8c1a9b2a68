import { WorkbenchError } from '../../util/errors.ts';
import type { NumberType } from './numberType.ts';

/**
 * IDX, the format of MNIST (yann.lecun.com/exdb/mnist): two zero bytes, the type of an element, the number
 * of dimensions, each extent as a big-endian 32-bit integer, the data, big-endian too. MNIST has unsigned
 * bytes, images of `count x height x width` and a list of `count` labels. Others have images with channels
 * or as flat rows, and labels in the first of several columns (QMNIST) or as rows of ones and zeros.
 */
export interface IdxArray {
  readonly type: NumberType;
  readonly shape: readonly number[];
  /** A view of the file, as long as type and shape say. */
  readonly data: Uint8Array;
}

export type IdxKind = 'images' | 'labels';

/** One gibibyte: what a page can hold beside a network. */
export const MAX_IDX_BYTES = 2 ** 30;
/** As many as there can be images, of 4x4 pixels: a file of labels is looked through at one go. */
export const MAX_IDX_LABELS = MAX_IDX_BYTES / 16;
/** Length of the longest header. */
export const IDX_HEADER_BYTES = 20;

const big = { littleEndian: false } as const;
const TYPES: Readonly<Record<number, NumberType>> = {
  8: { kind: 'u', itemBytes: 1, ...big },
  9: { kind: 'i', itemBytes: 1, ...big },
  11: { kind: 'i', itemBytes: 2, ...big },
  12: { kind: 'i', itemBytes: 4, ...big },
  13: { kind: 'f', itemBytes: 4, ...big },
  14: { kind: 'f', itemBytes: 8, ...big },
};
/** Rows of at least so many numbers are images; labels have fewer columns. */
const LEAST_ROW_OF_IMAGE = 256;

/** What the first bytes of a file say that it is, if it is IDX at all. */
export function idxKind(bytes: Uint8Array): IdxKind | undefined {
  if (bytes[0] !== 0 || bytes[1] !== 0 || !TYPES[bytes[2] ?? 0]) return undefined;
  switch (bytes[3]) {
    case 1:
      return 'labels';
    case 2:
      return secondExtent(bytes) < LEAST_ROW_OF_IMAGE ? 'labels' : 'images';
    case 3:
    case 4:
      return 'images';
    default:
      return undefined;
  }
}

export function isIdx(bytes: Uint8Array): boolean {
  return idxKind(bytes) !== undefined;
}

/** How long the file must be that begins with this header. Refuses what could not be held. */
export function idxFileBytes(file: string, head: Uint8Array): number {
  const { type, shape } = readHeader(file, head, idxKind(head) ?? 'images');
  return headerBytes(shape.length) + dataBytes(file, type, shape);
}

/** Takes a file apart that holds images, or labels. */
export function parseIdx(file: string, bytes: Uint8Array, kind: IdxKind): IdxArray {
  const { type, shape } = readHeader(file, bytes, kind);
  const start = headerBytes(shape.length);
  const expected = dataBytes(file, type, shape);
  const actual = bytes.length - start;
  if (actual < expected) throw new WorkbenchError('idx.truncated', { file, expected, actual });
  if (actual > expected) throw new WorkbenchError('idx.trailing', { file, expected, actual });
  return { type, shape, data: bytes.subarray(start) };
}

const headerBytes = (rank: number) => 4 + 4 * rank;

function secondExtent(bytes: Uint8Array): number {
  if (bytes.length < 12) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(8);
}

function readHeader(file: string, bytes: Uint8Array, kind: IdxKind): Omit<IdxArray, 'data'> {
  const rank = kind === 'images' ? 3 : 1;
  const actual = bytes.length;
  if (actual < 4) {
    throw new WorkbenchError('idx.header', { file, actual, expected: headerBytes(rank) });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = TYPES[view.getUint8(2)];
  if (!type || idxKind(bytes) !== kind) {
    const magic = view.getUint32(0).toString(16).padStart(8, '0');
    throw new WorkbenchError('idx.magic', { file, rank, magic });
  }
  const expected = headerBytes(view.getUint8(3));
  if (actual < expected) throw new WorkbenchError('idx.header', { file, actual, expected });
  const shape = Array.from({ length: view.getUint8(3) }, (_, i) => view.getUint32(4 + 4 * i));
  return { type, shape };
}

/** The product of the extents. As a double it cannot wrap around, only be too large. */
function dataBytes(file: string, { itemBytes }: NumberType, shape: readonly number[]): number {
  const bytes = shape.reduce((product, extent) => product * extent, itemBytes);
  const [count = 0, height = 1, ...width] = shape;
  const areLabels = shape.length === 1 || (shape.length === 2 && height < LEAST_ROW_OF_IMAGE);
  const isHeld = bytes <= MAX_IDX_BYTES && !(areLabels && count > MAX_IDX_LABELS);
  if (isHeld) return bytes;
  throw new WorkbenchError('idx.tooLarge', { file, count, height, width: width.join('x') || 1 });
}
