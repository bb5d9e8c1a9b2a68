import { MAX_PIXEL_BYTES } from '../../domain/data/dataset.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { ErrorCode } from '../../util/errorTexts.ts';
import type { Advance } from '../../util/steps.ts';
import { inflateHead, inflateInSteps } from '../archives/gzip.ts';
import { MAX_DEFLATE_RATIO, type ZipArchive } from '../archives/zip.ts';
import { fileBytes } from './fileBytes.ts';

/** A file of a data set, wherever it comes from: the disk, a zip file, the inside of a gzip file. */
export interface DatasetFile {
  /** With its folders, as far as they are known, such as `train/cat/1.png`. */
  readonly name: string;
  /** How long it is, or at most can be. */
  readonly mostBytes: number;
  /** How long it says that it is, if it says so, for what need not be exact. */
  readonly likelyBytes: number;
  /** True where little can become much when it is read. */
  readonly isPacked: boolean;
  /** The first bytes, at most `count`. */
  head(count: number): Promise<Uint8Array>;
  /** The last bytes, at most `count`; none where they are not to be had without all others. */
  tail(count: number): Promise<Uint8Array>;
  /**
   * All of it; refused if there is more than `limitBytes`. `advance` is awaited after every stretch of
   * work with the bytes that it brought, and ends the reading where it throws.
   */
  bytes(limitBytes: number, advance: Advance): Promise<Uint8Array<ArrayBuffer>>;
  /** All of it, piece by piece. `advance` is awaited between stretches of what has to be done before the first. */
  pieces(advance: Advance): AsyncIterable<Uint8Array>;
}

/** What a user chose or dropped. */
export interface NamedBlob {
  readonly name: string;
  readonly blob: Blob;
}

export function blobFile({ name, blob }: NamedBlob): DatasetFile {
  const read = (part: Blob) => fileBytes(name, part);
  return {
    name,
    mostBytes: blob.size,
    likelyBytes: blob.size,
    isPacked: false,
    head: (count) => read(blob.slice(0, count)),
    tail: (count) => read(blob.slice(-count)),
    async bytes(limit, advance) {
      const bytes = blob.size;
      if (bytes > limit) throw new WorkbenchError('dataset.tooLarge', { file: name, bytes, limit });
      const content = await read(blob);
      await advance(bytes);
      return content;
    },
    pieces: () => piecesOf(name, blob.stream(), 'dataset.unreadable'),
  };
}

/** What lies in memory already, as the files of a tar archive do. */
export function memoryFile(name: string, content: Uint8Array<ArrayBuffer>): DatasetFile {
  const bytes = content.length;
  return {
    ...{ name, mostBytes: bytes, likelyBytes: bytes, isPacked: false },
    head: async (count) => content.subarray(0, count),
    tail: async (count) => content.subarray(Math.max(0, bytes - count)),
    async bytes(limit, advance) {
      if (bytes > limit) throw new WorkbenchError('dataset.tooLarge', { file: name, bytes, limit });
      await advance(bytes);
      return content;
    },
    pieces: async function* () {
      for (let start = 0; start < bytes; start += PIECE_BYTES) {
        yield content.subarray(start, start + PIECE_BYTES);
      }
    },
  };
}

/** As browsers give files in. */
const PIECE_BYTES = 2 ** 16;

/** An entry of a zip file; `mostBytes` is what the archive says, held against what comes out. */
export function zipEntryFile(zip: string, archive: ZipArchive, entry: string): DatasetFile {
  return {
    name: `${zip}/${entry}`,
    mostBytes: archive.mostBytes(entry),
    likelyBytes: archive.mostBytes(entry),
    isPacked: true,
    head: async (count) => archive.head(entry, count),
    tail: async () => new Uint8Array(0),
    async bytes(limit, advance) {
      // Once, as long as the archive says: pieces that are joined afterwards would be there twice.
      let whole: Uint8Array<ArrayBuffer> | undefined;
      let bytes = 0;
      for (const piece of archive.pieces(entry, limit)) {
        whole ??= new Uint8Array(archive.mostBytes(entry));
        whole.set(piece, bytes);
        bytes += piece.length;
        await advance(piece.length);
      }
      return whole ?? new Uint8Array(0);
    },
    pieces: async function* () {
      yield* archive.pieces(entry, MAX_TEXT_BYTES);
    },
  };
}

/** Of one packed file, read in pieces: at two bytes a cell, the text of all pixels accepted. */
export const MAX_TEXT_BYTES = 2 * MAX_PIXEL_BYTES;
/** Enough of a gzip file for the first bytes of what is inside. */
const PACKED_HEAD_BYTES = 2 ** 16;

/** A gzip file ends with the length of what it holds, in 32 bits (RFC 1952). */
const LENGTH_BYTES = 4;
/** As text and images are usually packed, where that length is not to be had. */
const USUAL_RATIO = 4;

/** What a gzip file holds. */
export async function gunzippedFile(packed: DatasetFile): Promise<DatasetFile> {
  const { name } = packed;
  // Counted is what comes out, as it is in memory.
  const packedBytes = (advance: Advance) => packed.bytes(MAX_PIXEL_BYTES, () => advance(0));
  const mostBytes = packed.mostBytes * MAX_DEFLATE_RATIO;
  const tail = await packed.tail(LENGTH_BYTES);
  const said =
    tail.length === LENGTH_BYTES
      ? new DataView(tail.buffer, tail.byteOffset).getUint32(0, true)
      : USUAL_RATIO * packed.likelyBytes;
  return {
    ...{ name, mostBytes, likelyBytes: Math.min(said, mostBytes) },
    isPacked: true,
    head: async (count) => inflateHead(await packed.head(PACKED_HEAD_BYTES), count),
    tail: async () => new Uint8Array(0),
    async bytes(limit, advance) {
      const work = inflateInSteps(name, await packedBytes(advance), limit);
      for (;;) {
        const step = work.next();
        if (step.done) return step.value;
        await advance(step.value);
      }
    },
    pieces: async function* (advance) {
      const stream = new Blob([await packedBytes(advance)]).stream();
      const inflated = stream.pipeThrough(new DecompressionStream('gzip'));
      let bytes = 0;
      for await (const piece of piecesOf(name, inflated, 'gzip.corrupt')) {
        bytes += piece.length;
        const limit = MAX_TEXT_BYTES;
        if (bytes > limit) throw new WorkbenchError('gzip.tooLarge', { file: name, limit });
        yield piece;
      }
    },
  };
}

/** Not every browser lets a stream be iterated. */
async function* piecesOf(
  file: string,
  stream: ReadableStream<Uint8Array>,
  code: ErrorCode,
): AsyncIterable<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new WorkbenchError(code, { file });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
