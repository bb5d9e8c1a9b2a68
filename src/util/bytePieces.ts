import { assert } from './assert.ts';
import { hexOf } from './hex.ts';
import { sha256 } from './sha256.ts';

/**
 * Arrays of bytes as one stream, in pieces small enough to copy, hash and write without a second copy
 * of the whole. Pure: the database is not known here.
 */

export const PIECE_BYTES = 16 * 1024 * 1024;

/** Gives the stream's pieces one at a time, each in an array of its own. */
export function* packBytes(
  sources: Iterable<Uint8Array>,
  totalBytes: number,
  pieceBytes = PIECE_BYTES,
): Generator<Uint8Array<ArrayBuffer>> {
  let bytesLeft = totalBytes;
  let piece = new Uint8Array(Math.min(pieceBytes, bytesLeft));
  let filled = 0;
  for (const bytes of sources) {
    for (let from = 0; from < bytes.length; ) {
      const part = bytes.subarray(from, from + piece.length - filled);
      piece.set(part, filled);
      from += part.length;
      filled += part.length;
      if (filled < piece.length) continue;
      yield piece;
      bytesLeft -= piece.length;
      piece = new Uint8Array(Math.min(pieceBytes, bytesLeft));
      filled = 0;
    }
  }
}

/** Receives the pieces in order and lays them into the arrays that they were made of. */
export class PieceUnpacker {
  private target = 0;
  private filled = 0;

  constructor(private readonly targets: readonly Uint8Array[]) {
    this.skipFull();
  }

  add(piece: Uint8Array): void {
    for (let from = 0; from < piece.length; ) {
      const target = this.targets[this.target];
      assert(target, 'pieces hold more bytes than there is room for');
      const part = piece.subarray(from, from + target.length - this.filled);
      target.set(part, this.filled);
      from += part.length;
      this.filled += part.length;
      this.skipFull();
    }
  }

  /** Goes on to the next array that has room. */
  private skipFull(): void {
    while (this.filled === this.targets[this.target]?.length) {
      this.target++;
      this.filled = 0;
    }
  }

  get complete(): boolean {
    return this.target === this.targets.length;
  }
}

/** SHA-256 in hexadecimal. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hexOf(await sha256(bytes));
}
