import { sizeOf } from '../domain/architecture/shapes.ts';
import type { NamedTensor } from '../domain/runs/run.ts';
import { assert } from '../util/assert.ts';
import { PIECE_BYTES, PieceUnpacker, packBytes } from '../util/bytePieces.ts';

/** Tensors as one stream of bytes: see `bytePieces.ts`. */

/** Where a tensor's float32 values lie in the stream of all tensors' bytes. */
export interface TensorEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly byteOffset: number;
}

export function tensorEntries(tensors: readonly NamedTensor[]): TensorEntry[] {
  let byteOffset = 0;
  return tensors.map(({ name, shape, values }) => {
    assert(values.length === sizeOf(shape), `${name} has ${values.length} values for ${shape}`);
    const entry = { name, shape, byteOffset };
    byteOffset += values.byteLength;
    return entry;
  });
}

/** Gives the stream's chunks one at a time, each in an array of its own. */
export function packChunks(
  tensors: readonly NamedTensor[],
  chunkBytes = PIECE_BYTES,
): Generator<Uint8Array<ArrayBuffer>> {
  const bytes = tensors.map(bytesOf);
  const total = bytes.reduce((sum, { length }) => sum + length, 0);
  return packBytes(bytes, total, chunkBytes);
}

/** Receives the chunks in order and lays their bytes into new tensors. */
export class ChunkUnpacker extends PieceUnpacker {
  readonly tensors: readonly NamedTensor[];

  constructor(entries: readonly TensorEntry[]) {
    const tensors = entries.map(({ name, shape }) => ({
      name,
      shape,
      values: new Float32Array(sizeOf(shape)),
    }));
    super(tensors.map(bytesOf));
    this.tensors = tensors;
  }
}

function bytesOf({ values }: NamedTensor): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
