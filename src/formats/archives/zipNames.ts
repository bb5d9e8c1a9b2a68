import { type CodePage, codePages } from '../../domain/data/readingChoices.ts';
import { decodeIn, likelihood, strictUtf8 } from '../text/codePage.ts';
import { crc32 } from './crc32.ts';

/** What an archive says of an entry's name. */
export interface RawName {
  readonly bytes: Uint8Array;
  readonly extra: Uint8Array;
}

export interface NamingOptions {
  /** Of the page: it tells which of two code pages is meant. */
  readonly language?: string | undefined;
  /** As the user decides. */
  readonly codePage?: CodePage | undefined;
}

export interface DecodedNames {
  /** In the order of the raw ones, no two alike where those are not. */
  readonly names: readonly string[];
  /** In which code page those were read that are not Unicode, if there are any, with one of them. */
  readonly codePage?: CodePage;
  readonly example?: string;
}

/** The code pages that programs write which people use who read this language. */
const ofLanguage: Readonly<Record<string, readonly CodePage[]>> = { 'zh-Hant': ['big5'] };
const LANGUAGE_BONUS = 0.25;

/**
 * Names of a zip file's entries. Its format knows UTF-8 (a flag, or a field that Info-ZIP added); programs of
 * Windows write the code page of the machine and do not say which. So: the Unicode field, else UTF-8 where
 * the bytes are, else one code page for all names of the archive, in which they make the likeliest text.
 */
export function zipNames(raw: readonly RawName[], options: NamingOptions = {}): DecodedNames {
  const unicode = raw.map((name) => unicodePath(name) ?? strictUtf8(name.bytes));
  const others = raw.filter((_, i) => unicode[i] === undefined).map(({ bytes }) => bytes);
  if (others.length === 0) return { names: unicode.map((name) => name ?? '') };
  const codePage = options.codePage ?? likeliestCodePage(others, options.language);
  const names = distinct(
    raw.map(({ bytes }, i) => unicode[i] ?? decodeIn(codePage, bytes) ?? escaped(bytes)),
    raw,
  );
  return { names, codePage, example: names[unicode.indexOf(undefined)] ?? '' };
}

/** One that can hold every byte, where no text is likely. */
const ANY_BYTE: CodePage = 'cp437';
/** Enough to tell by. */
const SAMPLE_NAMES = 200;

/** @param names those that are not Unicode */
export function likeliestCodePage(names: readonly Uint8Array[], language = ''): CodePage {
  const sample = sampleOf(names);
  let best: CodePage = ANY_BYTE;
  let highest = 0;
  for (const codePage of codePages) {
    const likely = likelihood(codePage, sample);
    const bonus = ofLanguage[language]?.includes(codePage) ? LANGUAGE_BONUS : 0;
    // A code page in which a single name is no text is not meant.
    if (likely === 0 || likely + bonus <= highest) continue;
    [best, highest] = [codePage, likely + bonus];
  }
  return best;
}

/** The different folders and files among the names, ASCII ones apart. */
function sampleOf(names: readonly Uint8Array[]): Uint8Array[] {
  const parts = new Map<string, Uint8Array>();
  for (const name of names) {
    for (const part of partsOf(name)) {
      if (part.some((byte) => byte > 127)) parts.set(part.join(), part);
    }
    if (parts.size >= SAMPLE_NAMES) break;
  }
  return [...parts.values()];
}

const SLASH = 0x2f;

/** A backslash may be the second byte of a character; a slash never is. */
function partsOf(name: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let i = 0; i <= name.length; i++) {
    if (i < name.length && name[i] !== SLASH) continue;
    parts.push(name.subarray(start, i));
    start = i + 1;
  }
  return parts;
}

const UNICODE_PATH = 0x7075;

/** Info-ZIP's field of a UTF-8 name, which holds the checksum of the name that it stands for (APPNOTE.TXT 4.6.9). */
function unicodePath({ bytes, extra }: RawName): string | undefined {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  let place = 0;
  while (place + 4 <= extra.length) {
    const [id, length] = [view.getUint16(place, true), view.getUint16(place + 2, true)];
    const end = place + 4 + length;
    if (end > extra.length) return undefined;
    if (id === UNICODE_PATH && length > 5 && view.getUint8(place + 4) === 1) {
      const isOfName = view.getUint32(place + 5, true) === crc32(bytes);
      return isOfName ? strictUtf8(extra.subarray(place + 9, end)) : undefined;
    }
    place = end;
  }
  return undefined;
}

/** Every byte told apart, where the code page that was decided on has no character for it. */
export function escaped(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte < 128 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase()}`,
  ).join('');
}

/** Some code pages have one character at two places: names that differ in bytes stay different. */
function distinct(names: readonly string[], raw: readonly RawName[]): string[] {
  const bytesOf = new Map<string, string>();
  return names.map((name, i) => {
    const own = raw[i]?.bytes.join() ?? '';
    const before = bytesOf.get(name);
    if (before !== undefined && before !== own) return escaped(raw[i]?.bytes ?? new Uint8Array());
    bytesOf.set(name, own);
    return name;
  });
}
