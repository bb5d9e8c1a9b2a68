import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../formats/archives/crc32.ts';
import { ByteWriter } from './byteWriter.ts';

/** An entry of a zip file, with what its records say of it where that is not so. */
export interface LyingEntry {
  readonly name: string | Uint8Array;
  readonly content: Uint8Array;
  readonly isStored?: boolean;
  /** Packed already, and said to be deflated. */
  readonly packed?: Uint8Array;
  readonly said?: Partial<Record<'packedBytes' | 'bytes' | 'crc' | 'method' | 'flags', number>>;
  /** Has the directory point at the data of this entry before it. */
  readonly sharesDataOf?: number;
}

interface LyingDirectory {
  /** How many entries the end record says that there are. */
  readonly count?: number;
  /** Whether a zip64 record says so, with these numbers. */
  readonly zip64?: { readonly count: bigint; readonly start: bigint; readonly place?: bigint };
  readonly comment?: Uint8Array;
}

/** A zip file as no packer writes it (APPNOTE.TXT 6.3). */
export function lyingZip(
  entries: readonly LyingEntry[],
  directory: LyingDirectory = {},
): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  const central = new ByteWriter();
  const places: number[] = [];
  /** Many entries hold the same. */
  const crcs = new Map<Uint8Array, number>();
  const crcOf = (content: Uint8Array) => {
    const crc = crcs.get(content) ?? crc32(content);
    crcs.set(content, crc);
    return crc;
  };
  for (const entry of entries) {
    const { name, content, isStored, packed, said = {}, sharesDataOf } = entry;
    const nameBytes = typeof name === 'string' ? new TextEncoder().encode(name) : name;
    const shared = sharesDataOf === undefined ? undefined : places[sharesDataOf];
    // What is shared is not packed again.
    const data = packed ?? (isStored || shared !== undefined ? content : deflateRawSync(content));
    const crc = said.crc ?? crcOf(content);
    const record = (writer: ByteWriter) =>
      writer
        .u16(20, said.flags ?? 0, said.method ?? (data === content ? 0 : 8))
        .u32(0, crc, said.packedBytes ?? data.length)
        .u32(said.bytes ?? content.length)
        .u16(Math.min(nameBytes.length, 0xffff), 0);
    const place = shared ?? out.length;
    places.push(place);
    if (shared === undefined) record(out.u32(0x04034b50)).bytes(nameBytes).bytes(data);
    record(central.u32(0x02014b50).u16(20)).u16(0, 0, 0).u32(0, place).bytes(nameBytes);
  }
  const [start, bytes] = [out.length, central.length];
  out.bytes(central.done());
  const { zip64, comment = new Uint8Array(0), count = entries.length } = directory;
  if (zip64) {
    const place = zip64.place ?? BigInt(out.length);
    out.u32(0x06064b50).u64(44n).u16(45, 45).u32(0, 0);
    out.u64(zip64.count, zip64.count, BigInt(bytes), zip64.start);
    out.u32(0x07064b50, 0).u64(place).u32(1);
  }
  out.u32(0x06054b50).u16(0, 0, count, count).u32(bytes, start);
  return out.u16(comment.length).bytes(comment).done();
}
