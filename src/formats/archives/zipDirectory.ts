import { at } from '../../util/assert.ts';
import { type Refuse, refusalOf } from '../refusal.ts';
import { quoted } from '../text/quoted.ts';
import { type EntryPlace, entryPlace } from './zip64.ts';
import { type DecodedNames, type NamingOptions, type RawName, zipNames } from './zipNames.ts';

/**
 * The directory of a zip file (APPNOTE.TXT 6.3, sections 4.3.6 to 4.3.16): at the end of the file a
 * record says where the list of entries lies; each says where its data lies, behind a local header.
 * Only what is needed is read: no encryption, one disk, stored or deflated. Of zip64 that is how many entries
 * there are (4.3.14 and 4.3.15), and sizes and places that stand in extra fields (4.5.3).
 */
export interface ZipEntry {
  readonly name: string;
  /** As it lies in the file. */
  readonly data: Uint8Array;
  readonly isDeflated: boolean;
  readonly crc: number;
  /** As declared; to be checked against what comes out. */
  readonly inflatedBytes: number;
}

export interface ZipDirectory extends Pick<DecodedNames, 'codePage' | 'example'> {
  readonly entries: readonly ZipEntry[];
}

export const MAX_ENTRIES = 64;
const END = { signature: 0x06054b50, bytes: 22, maxCommentBytes: 0xffff };
const CENTRAL = { signature: 0x02014b50, bytes: 46 };
const END64 = { signature: 0x06064b50, bytes: 56 };
const LOCATOR64 = { signature: 0x07064b50, bytes: 20 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const ENCRYPTED = 1;
const METHODS = { stored: 0, deflated: 8 };

export function readDirectory(
  file: string,
  bytes: Uint8Array,
  maxEntries = MAX_ENTRIES,
  naming: NamingOptions = {},
): ZipDirectory {
  const refuse = refusalOf('weights.zip', file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw refuse('zip.noEnd');
  const { count, start } = directoryAt(view, end);
  if (count > maxEntries) throw refuse('zip.entries', { count, most: maxEntries });

  const raw = rawNames(bytes, view, { start, end, count }, refuse);
  const { names: decoded, ...codePage } = zipNames(raw, naming);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  const places: Place[] = [];
  let position = start;
  for (let index = 0; index < count; index++) {
    const nameEnd = position + CENTRAL.bytes + view.getUint16(position + 28, true);
    const extraEnd = nameEnd + view.getUint16(position + 30, true);
    const next = extraEnd + view.getUint16(position + 32, true);
    const name = at(decoded, index);
    if (!isPlain(name)) throw refuse('zip.outside', { index });
    if (names.has(name)) throw refuse('zip.twice', { name: quoted(name) });
    names.add(name);
    const refuseEntry: Refuse = (reason, params) => refuse(reason, { ...params, index });
    const place = entryPlace(view, position, { start: nameEnd, end: extraEnd });
    if (!place) throw refuseEntry('zip.unknownSize');
    const entry = readEntry(view, position, place, name, refuseEntry);
    entries.push(entry);
    places.push({
      index,
      start: place.local,
      end: entry.data.byteOffset - bytes.byteOffset + entry.data.length,
    });
    position = next;
  }
  refuseOverlaps(places, refuse);
  return { entries, ...codePage };
}

interface List {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** The names of all entries as they lie in the list, which is found whole on the way. */
function rawNames(
  bytes: Uint8Array,
  view: DataView,
  { start, end, count }: List,
  refuse: Refuse,
): RawName[] {
  const names: RawName[] = [];
  let position = start;
  for (let index = 0; index < count; index++) {
    if (!hasRecord(view, position, CENTRAL)) throw refuse('zip.directory', { index });
    const nameEnd = position + CENTRAL.bytes + view.getUint16(position + 28, true);
    const extraEnd = nameEnd + view.getUint16(position + 30, true);
    const next = extraEnd + view.getUint16(position + 32, true);
    if (next > end) throw refuse('zip.directory', { index });
    names.push({
      bytes: bytes.subarray(position + CENTRAL.bytes, nameEnd),
      extra: bytes.subarray(nameEnd, extraEnd),
    });
    position = next;
  }
  return names;
}

/** The last place that holds an end record, at most a comment's length before the end. */
function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - END.bytes;
  for (let position = last; position >= 0; position--) {
    if (last - position > END.maxCommentBytes) return undefined;
    if (view.getUint32(position, true) === END.signature) return position;
  }
  return undefined;
}

/** How many entries there are, and where the first one lies. */
function directoryAt(view: DataView, end: number): { count: number; start: number } {
  const locator = end - LOCATOR64.bytes;
  if (locator >= 0 && hasRecord(view, locator, LOCATOR64)) {
    const end64 = Number(view.getBigUint64(locator + 8, true));
    if (hasRecord(view, end64, END64)) {
      const count = Number(view.getBigUint64(end64 + 32, true));
      return { count, start: Number(view.getBigUint64(end64 + 48, true)) };
    }
  }
  return { count: view.getUint16(end + 10, true), start: view.getUint32(end + 16, true) };
}

function hasRecord(
  view: DataView,
  position: number,
  record: { signature: number; bytes: number },
): boolean {
  if (position + record.bytes > view.byteLength) return false;
  return view.getUint32(position, true) === record.signature;
}

/** A name without a way up, to a drive or to the root. */
function isPlain(name: string): boolean {
  const parts = name.split(/[/\\]/);
  return name.length > 0 && !/^[/\\]|^[a-z]:|\0/i.test(name) && !parts.includes('..');
}

interface Place {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** No two entries share a byte: so nobody can be given the same megabyte a thousand times. */
function refuseOverlaps(places: Place[], refuse: Refuse): void {
  let reached = 0;
  for (const { index, start, end } of places.sort((a, b) => a.start - b.start)) {
    if (start < reached) throw refuse('zip.overlap', { index });
    reached = end;
  }
}

function readEntry(
  view: DataView,
  central: number,
  { local, packedBytes, inflatedBytes }: EntryPlace,
  name: string,
  refuse: Refuse,
): ZipEntry {
  if (view.getUint16(central + 8, true) & ENCRYPTED) throw refuse('zip.encrypted');
  const method = view.getUint16(central + 10, true);
  if (method !== METHODS.stored && method !== METHODS.deflated) {
    throw refuse('zip.method', { method });
  }
  if (!hasRecord(view, local, LOCAL)) throw refuse('zip.noData');
  const start =
    local + LOCAL.bytes + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const end = start + packedBytes;
  if (end > view.byteLength) throw refuse('zip.beyond');
  return {
    name,
    data: new Uint8Array(view.buffer, view.byteOffset + start, end - start),
    isDeflated: method === METHODS.deflated,
    crc: view.getUint32(central + 16, true),
    inflatedBytes,
  };
}
