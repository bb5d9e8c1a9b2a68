import { WorkbenchError } from '../util/errors.ts';

/**
 * IDX, the format of MNIST (yann.lecun.com/exdb/mnist): two zero bytes, the element type (8 is an
 * unsigned byte), the number of dimensions, each extent as a big-endian 32-bit integer, the data.
 * Images are `count x height x width`, labels a list of `count`.
 */
export interface IdxImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** A view of the file, `count * height * width` bytes long. */
  readonly pixels: Uint8Array;
}

type Rank = 1 | 3;
export type IdxKind = 'images' | 'labels';

/** One gibibyte: what a page can hold beside a network. */
export const MAX_IDX_BYTES = 2 ** 30;
/** Length of the longer of the two headers. */
export const IDX_HEADER_BYTES = 16;

/** What the first bytes of a file say that it is, if it is IDX of unsigned bytes at all. */
export function idxKind(bytes: Uint8Array): IdxKind | undefined {
  if (bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== 8) return undefined;
  return bytes[3] === 3 ? 'images' : bytes[3] === 1 ? 'labels' : undefined;
}

export function isIdx(bytes: Uint8Array): boolean {
  return idxKind(bytes) !== undefined;
}

/** How long the file must be that begins with this header. Refuses what could not be held. */
export function idxFileBytes(file: string, head: Uint8Array): number {
  const rank = idxKind(head) === 'labels' ? 1 : 3;
  return headerBytes(rank) + dataBytes(file, readExtents(file, head, rank));
}

export function parseIdxImages(file: string, bytes: Uint8Array): IdxImages {
  const extents = readExtents(file, bytes, 3);
  const [count = 0, height = 0, width = 0] = extents;
  return { count, height, width, pixels: readData(file, bytes, extents) };
}

/** Labels from 0 to `maxLabel`, as a view of the file. */
export function parseIdxLabels(file: string, bytes: Uint8Array, maxLabel = 255): Uint8Array {
  const labels = readData(file, bytes, readExtents(file, bytes, 1));
  const index = labels.findIndex((label) => label > maxLabel);
  if (index >= 0) {
    throw new WorkbenchError('idx.label', {
      file,
      label: labels[index] ?? 0,
      index,
      max: maxLabel,
    });
  }
  return labels;
}

const headerBytes = (rank: Rank) => 4 + 4 * rank;

function readExtents(file: string, bytes: Uint8Array, rank: Rank): number[] {
  const expected = headerBytes(rank);
  const actual = bytes.length;
  if (actual < 4) throw new WorkbenchError('idx.header', { file, actual, expected });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  if (magic !== 0x800 + rank) {
    throw new WorkbenchError('idx.magic', {
      file,
      rank,
      magic: magic.toString(16).padStart(8, '0'),
    });
  }
  if (actual < expected) throw new WorkbenchError('idx.header', { file, actual, expected });
  return Array.from({ length: rank }, (_, dimension) => view.getUint32(4 + 4 * dimension));
}

/** The product of the extents. As a double it cannot wrap around, only be too large. */
function dataBytes(file: string, [count = 0, height = 1, width = 1]: readonly number[]): number {
  const bytes = count * height * width;
  if (bytes <= MAX_IDX_BYTES) return bytes;
  throw new WorkbenchError('idx.tooLarge', { file, count, height, width });
}

function readData(file: string, bytes: Uint8Array, extents: readonly number[]): Uint8Array {
  const start = 4 + 4 * extents.length;
  const expected = dataBytes(file, extents);
  const actual = bytes.length - start;
  if (actual < expected) throw new WorkbenchError('idx.truncated', { file, expected, actual });
  if (actual > expected) throw new WorkbenchError('idx.trailing', { file, expected, actual });
  return bytes.subarray(start);
}
