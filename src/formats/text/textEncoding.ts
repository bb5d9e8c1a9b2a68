/** How a text lies in bytes, as far as it is told from its beginning. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const MARKS: readonly (readonly [TextEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const [TAB, LF, CR, SPACE] = [0x09, 0x0a, 0x0d, 0x20] as const;

/**
 * The encoding of a text that begins so; undefined where the bytes are none. Excel's "Unicode text" is
 * UTF-16, with a mark or without: then every other byte of what tables are made of is zero.
 */
export function textEncoding(head: Uint8Array): TextEncoding | undefined {
  const marked = MARKS.find(([, mark]) => mark.every((byte, i) => head[i] === byte));
  if (marked) return marked[0] === 'utf-8' && !isPlain(head) ? undefined : marked[0];
  if (head.length === 0) return undefined;
  if (isPlain(head)) return 'utf-8';
  const pairs = head.length >> 1;
  if (pairs < 2) return undefined;
  const bytesAt = (offset: number) =>
    Uint8Array.from({ length: pairs }, (_, i) => head[2 * i + offset] ?? 0);
  const [even, odd] = [bytesAt(0), bytesAt(1)];
  if (isPlain(even) && odd.every((byte) => byte === 0)) return 'utf-16le';
  return isPlain(odd) && even.every((byte) => byte === 0) ? 'utf-16be' : undefined;
}

function isPlain(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= SPACE || byte === TAB || byte === LF || byte === CR);
}

/** The text that bytes begin with, without its mark; undefined where they are none. */
export function textOf(head: Uint8Array): string | undefined {
  const encoding = textEncoding(head);
  return encoding && new TextDecoder(encoding).decode(head).trimStart();
}

/** A text as UTF-8 without a mark, piece by piece. */
export async function* asUtf8(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let decoder: TextDecoder | undefined;
  let isFirst = true;
  const encoder = new TextEncoder();
  for await (const piece of pieces) {
    if (isFirst) {
      isFirst = false;
      const encoding = textEncoding(piece.subarray(0, 2 ** 10));
      if (encoding && encoding !== 'utf-8') decoder = new TextDecoder(encoding);
      else if (encoding && MARKS[0]?.[1].every((byte, i) => piece[i] === byte)) {
        yield piece.subarray(3);
        continue;
      }
    }
    yield decoder ? encoder.encode(decoder.decode(piece, { stream: true })) : piece;
  }
}
