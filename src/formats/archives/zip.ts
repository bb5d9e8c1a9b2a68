import { Inflate, zipSync } from 'fflate';
import type { CodePage } from '../../domain/data/readingChoices.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { refusalOf } from '../refusal.ts';
import { headPieceBytes, joinedPieces, mostPackedBytes, PIECE_BYTES } from './countedOutput.ts';
import { crc32 } from './crc32.ts';
import { readDirectory, type ZipEntry } from './zipDirectory.ts';
import type { NamingOptions } from './zipNames.ts';

export interface ZipArchive {
  readonly names: readonly string[];
  /** In which code page names were read that are not Unicode, if there are any, with one of them. */
  readonly codePage?: CodePage | undefined;
  readonly example?: string | undefined;
  /** Inflates one entry, of at most `limitBytes`, and checks its checksum. */
  read(name: string, limitBytes: number): Uint8Array<ArrayBuffer>;
  /** The same in pieces, never all of them in memory; what is wrong is found out on the way. */
  pieces(name: string, limitBytes: number): Generator<Uint8Array>;
  /** The first bytes of an entry, at most `count`; unchecked, fewer where it is damaged. */
  head(name: string, count: number): Uint8Array;
  /** How long an entry says that it is, but no more than can come out of its bytes. */
  mostBytes(name: string): number;
}

export interface ZipContent {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** False for what would hardly get smaller, such as weights. */
  readonly deflate: boolean;
}

/** Every entry carries this date, so that the same content makes the same file. */
const EPOCH = new Date(1980, 0, 2);
/** DEFLATE makes of a byte 1032 at most. */
export const MAX_DEFLATE_RATIO = 1032;

export function isZip(bytes: Uint8Array): boolean {
  const [p, k, third, fourth] = bytes;
  return (
    p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
  );
}

/**
 * Reads the directory, of at most `maxEntries`; nothing is inflated yet. fflate would believe the
 * sizes it declares.
 */
export function openZip(
  file: string,
  bytes: Uint8Array,
  maxEntries?: number,
  naming?: NamingOptions,
): ZipArchive {
  const { entries, codePage, example } = readDirectory(file, bytes, maxEntries, naming);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const entryOf = (name: string) => {
    const entry = byName.get(name);
    if (!entry) throw new WorkbenchError('weights.zipEntry', { file, entry: name });
    return entry;
  };
  return {
    ...(codePage && { codePage, example }),
    names: entries.map(({ name }) => name),
    read: (name, limitBytes) => readEntry(file, entryOf(name), limitBytes),
    pieces: (name, limitBytes) => checkedPieces(file, entryOf(name), limitBytes),
    head: (name, count) => entryHead(entryOf(name), count),
    mostBytes(name) {
      const { inflatedBytes, data, isDeflated } = entryOf(name);
      return Math.min(inflatedBytes, data.length * (isDeflated ? MAX_DEFLATE_RATIO : 1));
    },
  };
}

export function writeZip(contents: readonly ZipContent[]): Uint8Array<ArrayBuffer> {
  const files = contents.map(
    ({ name, bytes, deflate }) =>
      [name, [bytes, { level: deflate ? 6 : 0, mtime: EPOCH }]] as const,
  );
  return zipSync(Object.fromEntries(files) as Parameters<typeof zipSync>[0]);
}

function readEntry(file: string, entry: ZipEntry, limitBytes: number): Uint8Array<ArrayBuffer> {
  return joinedPieces([...checkedPieces(file, entry, limitBytes)], entry.inflatedBytes);
}

/** What comes out beyond the declared size is as wrong as what is missing. */
function* checkedPieces(
  file: string,
  entry: ZipEntry,
  limitBytes: number,
): Generator<Uint8Array, void, undefined> {
  const { name, inflatedBytes } = entry;
  if (inflatedBytes > limitBytes) {
    const bytes = Math.max(inflatedBytes, limitBytes + 1);
    throw new WorkbenchError('weights.tooLarge', {
      ...{ file: `${file}/${name}`, bytes, limit: limitBytes },
    });
  }
  let [byteLength, crc] = [0, 0];
  for (const piece of pieces(entry, () => damage(file, entry))) {
    byteLength += piece.length;
    if (byteLength > inflatedBytes) throw damage(file, entry);
    crc = crc32(piece, crc);
    yield piece;
  }
  if (byteLength !== inflatedBytes || crc !== entry.crc) throw damage(file, entry);
}

function entryHead(entry: ZipEntry, count: number): Uint8Array {
  const head = new Uint8Array(count);
  const begun = { ...entry, data: entry.data.subarray(0, mostPackedBytes(count)) };
  let filled = 0;
  try {
    for (const piece of pieces(begun, () => new Error('damaged'), headPieceBytes(count))) {
      const part = piece.subarray(0, count - filled);
      head.set(part, filled);
      filled += part.length;
      if (filled === count) break;
    }
  } catch {
    // Damage is for the reading of the whole entry to name.
  }
  return head.subarray(0, filled);
}

/** What an entry holds, as it comes out of the inflater. */
function* pieces(
  { data, isDeflated }: ZipEntry,
  refusal: () => Error,
  pieceBytes = PIECE_BYTES,
): Generator<Uint8Array, void, undefined> {
  const ready: Uint8Array[] = [];
  const inflater = new Inflate((piece) => ready.push(piece));
  for (let start = 0; start < data.length || start === 0; start += pieceBytes) {
    const end = start + pieceBytes;
    const piece = data.subarray(start, end);
    if (isDeflated) {
      try {
        inflater.push(piece, end >= data.length);
      } catch {
        throw refusal();
      }
    } else {
      ready.push(piece);
    }
    yield* ready.splice(0);
  }
}

function damage(file: string, { name }: ZipEntry): WorkbenchError {
  return refusalOf('weights.zip', file)('zip.damaged', { name });
}
