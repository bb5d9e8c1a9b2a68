import { type Refuse, refusalOf } from '../refusal.ts';

/**
 * tar (POSIX.1-2001, "ustar interchange format" and "pax"): blocks of 512 bytes, for each file a header with
 * its name and length, then its content. Names that do not fit stand in a file of their own before it: as
 * GNU tar (`L`) or as pax (`x`) has them. Links, devices and folders hold nothing and are passed over.
 *
 * Read by our own code: an archive here is bytes in memory that are looked at in place, under the caps of
 * one gesture. The kept readers stream through Node's interfaces, copy every entry, or believe the lengths
 * that an archive declares.
 */
export interface TarEntry {
  readonly name: string;
  /** A view of the archive. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const TAR_BLOCK_BYTES = 512;
const CHECKSUM = { start: 148, end: 156 } as const;
/** Of a name and of what pax says beside it. */
const MAX_EXTENDED_BYTES = 2 ** 16;
const FILES: readonly string[] = ['0', '\0', '7'];

/** By the checksum of its first header, which a tar file of any age has. */
export function isTar(head: Uint8Array): boolean {
  return head.length >= TAR_BLOCK_BYTES && head[0] !== 0 && hasChecksum(head);
}

export function readTar(file: string, bytes: Uint8Array<ArrayBuffer>, most: number): TarEntry[] {
  const refuse = refusalOf('dataset.tar', file);
  const entries = new Map<string, TarEntry>();
  let longName: string | undefined;
  let pax = new Map<string, string>();
  let [place, count] = [0, 0];
  while (place + TAR_BLOCK_BYTES <= bytes.length) {
    const header = bytes.subarray(place, place + TAR_BLOCK_BYTES);
    if (header[0] === 0 && header.every((byte) => byte === 0)) break;
    const index = count++;
    if (count > most) throw refuse('tar.entries', { most });
    if (!hasChecksum(header)) throw refuse('tar.damaged', { index });
    const length = Number(pax.get('size') ?? numberOf(header, 124, 136));
    const start = place + TAR_BLOCK_BYTES;
    const end = start + length;
    if (!Number.isSafeInteger(length) || length < 0) throw refuse('tar.damaged', { index });
    if (end > bytes.length) throw refuse('tar.cut', { index });
    const content = bytes.subarray(start, end);
    place = start + Math.ceil(length / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L' || type === 'x') {
      if (length > MAX_EXTENDED_BYTES) throw refuse('tar.damaged', { index });
      if (type === 'L') longName = textOf(content);
      else pax = paxRecords(content);
      continue;
    }
    if (type === 'S' || pax.has('GNU.sparse.major')) throw refuse('tar.sparse', { index });
    if (FILES.includes(type)) {
      const name = plainName(pax.get('path') ?? longName ?? nameOf(header), index, refuse);
      // Added again, a file takes the place of the one before.
      if (!name.endsWith('/')) entries.set(name, { name, bytes: content });
    }
    if (type !== 'g' && type !== 'K') [longName, pax] = [undefined, new Map<string, string>()];
  }
  if (count === 0) throw refuse('tar.damaged', { index: 0 });
  return [...entries.values()];
}

/** The sum of all bytes of the header, those of the sum itself as spaces. */
function hasChecksum(header: Uint8Array): boolean {
  let sum = 0;
  for (let i = 0; i < TAR_BLOCK_BYTES; i++) {
    sum += i >= CHECKSUM.start && i < CHECKSUM.end ? 0x20 : (header[i] ?? 0);
  }
  return sum === numberOf(header, CHECKSUM.start, CHECKSUM.end);
}

/** In octal digits, or where they do not suffice in bytes behind a first one of 0x80 (GNU). */
function numberOf(header: Uint8Array, start: number, end: number): number {
  if ((header[start] ?? 0) & 0x80) {
    let value = (header[start] ?? 0) & 0x7f;
    for (let i = start + 1; i < end; i++) value = 256 * value + (header[i] ?? 0);
    return value;
  }
  const digits = textOf(header.subarray(start, end)).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : digits === '' ? 0 : Number.NaN;
}

function nameOf(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100));
  const isUstar = textOf(header.subarray(257, 262)) === 'ustar' && header[262] === 0;
  const prefix = isUstar ? textOf(header.subarray(345, 500)) : '';
  return prefix ? `${prefix}/${name}` : name;
}

/** Up to the first zero, as UTF-8; what is none stays distinct as Latin 1. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    return Array.from(text, (byte) => String.fromCharCode(byte)).join('');
  }
}

/** Lines of `<length> <key>=<value>`, the length that of the line in bytes. */
function paxRecords(content: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  let place = 0;
  while (place < content.length) {
    const space = content.indexOf(0x20, place);
    if (space < 0) break;
    const length = Number(textOf(content.subarray(place, space)));
    if (!Number.isSafeInteger(length) || length <= space - place) break;
    const line = textOf(content.subarray(space + 1, place + length - 1));
    const equals = line.indexOf('=');
    if (equals > 0) records.set(line.slice(0, equals), line.slice(equals + 1));
    place += length;
  }
  return records;
}

/** Without `./` before it, and never a way out of the archive. */
function plainName(text: string, index: number, refuse: Refuse): string {
  const name = text.replace(/^(?:[.]?[/])+/, '');
  if (name === '' || name.split(/[/\\]/).includes('..')) throw refuse('zip.outside', { index });
  return name;
}
