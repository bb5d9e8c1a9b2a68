import { CR, LF, QUOTE, SPACE, TAB, ZERO } from './csvNumber.ts';

/** Where the cell ends that begins there; the end of the bytes where it may go on. */
export function endOfCell(bytes: Uint8Array, start: number, delimiter: number): number {
  let i = start;
  while (bytes[i] === SPACE || (bytes[i] === TAB && delimiter !== TAB)) i++;
  if (bytes[i] === QUOTE) {
    i++;
    for (; i < bytes.length && bytes[i] !== LF && bytes[i] !== CR; i++) {
      if (bytes[i] !== QUOTE) continue;
      if (bytes[i + 1] !== QUOTE) break;
      i++;
    }
  }
  for (; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === delimiter || byte === LF || byte === CR) return i;
    if (delimiter === SPACE && byte === TAB) return i;
  }
  return bytes.length;
}

/** A cell without the spaces and quotes around it. */
export function innerCell(bytes: Uint8Array, from: number, to: number): [number, number] {
  const [start, end] = trimmed(bytes, from, to);
  const isQuoted = end - start > 1 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE;
  return isQuoted ? trimmed(bytes, start + 1, end - 1) : [start, end];
}

/** Whether a quote is opened and not closed, or closed before the end. */
export function isHalfQuoted(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] === QUOTE && bytes[end] !== QUOTE;
}

export function isDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] as number) - ZERO;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}

function trimmed(bytes: Uint8Array, from: number, to: number): [number, number] {
  let [start, end] = [from, to];
  const isSpace = (byte: number | undefined) => byte === SPACE || byte === TAB;
  while (start < end && isSpace(bytes[start])) start++;
  while (end > start && isSpace(bytes[end - 1])) end--;
  return [start, end];
}

export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(bytes.subarray(start, end));
}

export function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
