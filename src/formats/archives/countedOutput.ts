import { crc32 } from './crc32.ts';

/** Compressed bytes handed to the inflater at a time. Each can grow a thousandfold, to 4 MiB. */
export const PIECE_BYTES = 4096;

/**
 * The same for the first `count` bytes alone. Many files are begun at once to be recognised, so that what
 * comes out of each has to be some few times what is asked for.
 */
export function headPieceBytes(count: number): number {
  return Math.max(64, Math.ceil(count / 128));
}

/** `count` bytes are packed in no more by any packer; blocks that hold nothing may be as long as one likes. */
export function mostPackedBytes(count: number): number {
  return 2 * count + 1024;
}

/**
 * Collects what an inflater gives, and stops it as soon as there is more than the limit. Sizes that
 * a file declares are never trusted: memory grows with what has really come out.
 */
export class CountedOutput {
  private readonly pieces: Uint8Array[] = [];
  private readonly limitBytes: number;
  private readonly refusal: () => Error;
  byteLength = 0;
  /** Checksum of everything so far. */
  crc = 0;

  constructor(limitBytes: number, refusal: () => Error) {
    this.limitBytes = limitBytes;
    this.refusal = refusal;
  }

  add(piece: Uint8Array): void {
    this.byteLength += piece.length;
    if (this.byteLength > this.limitBytes) throw this.refusal();
    this.crc = crc32(piece, this.crc);
    this.pieces.push(piece);
  }

  joined(): Uint8Array<ArrayBuffer> {
    return joinedPieces(this.pieces, this.byteLength);
  }
}

/** Pieces that are `byteLength` long together, as one. */
export function joinedPieces(
  pieces: readonly Uint8Array[],
  byteLength: number,
): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(byteLength);
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}

interface Inflater {
  push(piece: Uint8Array, final: boolean): void;
}

/** Pushes `bytes` into a streaming inflater of fflate in pieces. */
export function pushInPieces(bytes: Uint8Array, inflater: Inflater, pieceBytes: number): void {
  for (const _ of pushInSteps(bytes, inflater, pieceBytes));
}

/** The same, a piece a step. */
export function* pushInSteps(
  bytes: Uint8Array,
  inflater: Inflater,
  pieceBytes = PIECE_BYTES,
): Generator<void> {
  for (let start = 0; start < bytes.length || start === 0; start += pieceBytes) {
    const end = start + pieceBytes;
    inflater.push(bytes.subarray(start, end), end >= bytes.length);
    yield;
  }
}
