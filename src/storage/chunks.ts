import type { NamedTensor } from '../domain/run.ts';
import { sizeOf } from '../domain/shapes.ts';
import { assert } from '../util/assert.ts';

/**
 * Tensors as one stream of bytes in pieces small enough to copy, hash and write without a second
 * copy of the whole. Pure: the database is not known here.
 */

export const CHUNK_BYTES = 16 * 1024 * 1024;

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
export function* packChunks(
  tensors: readonly NamedTensor[],
  chunkBytes = CHUNK_BYTES,
): Generator<Uint8Array<ArrayBuffer>> {
  let bytesLeft = tensors.reduce((total, { values }) => total + values.byteLength, 0);
  let chunk = new Uint8Array(Math.min(chunkBytes, bytesLeft));
  let filled = 0;
  for (const { values } of tensors) {
    const bytes = bytesOf(values);
    for (let from = 0; from < bytes.length; ) {
      const part = bytes.subarray(from, from + chunk.length - filled);
      chunk.set(part, filled);
      from += part.length;
      filled += part.length;
      if (filled < chunk.length) continue;
      yield chunk;
      bytesLeft -= chunk.length;
      chunk = new Uint8Array(Math.min(chunkBytes, bytesLeft));
      filled = 0;
    }
  }
}

/** Receives the chunks in order and lays their bytes into new tensors. */
export class ChunkUnpacker {
  readonly tensors: readonly NamedTensor[];
  private tensor = 0;
  private filled = 0;

  constructor(entries: readonly TensorEntry[]) {
    this.tensors = entries.map(({ name, shape }) => ({
      name,
      shape,
      values: new Float32Array(sizeOf(shape)),
    }));
  }

  add(chunk: Uint8Array): void {
    let from = 0;
    while (from < chunk.length) {
      const target = this.tensors[this.tensor];
      assert(target, 'chunks hold more bytes than their tensors');
      const bytes = bytesOf(target.values);
      const part = chunk.subarray(from, from + bytes.length - this.filled);
      bytes.set(part, this.filled);
      from += part.length;
      this.filled += part.length;
      if (this.filled < bytes.length) continue;
      this.tensor++;
      this.filled = 0;
    }
  }

  get complete(): boolean {
    return this.tensor === this.tensors.length;
  }
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** SHA-256 in hexadecimal. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
