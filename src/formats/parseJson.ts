/** Far deeper than what any of these files holds. A million levels take a second to parse. */
const MAX_DEPTH = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: readonly number[] = [0x5b, 0x7b];
const CLOSING: readonly number[] = [0x5d, 0x7d];

/**
 * What a JSON text in UTF-8 says (RFC 8259). Throws a SyntaxError where it is none or nests more than
 * 200 levels, which is found before anything is made of it, and a TypeError where it is not UTF-8.
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (isTooDeep(bytes)) throw new SyntaxError(`The text nests more than ${MAX_DEPTH} levels.`);
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

/** Brackets within strings do not count; no byte of a longer UTF-8 character looks like one. */
function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString) i += byte === BACKSLASH ? 1 : 0;
    else if (OPENING.includes(byte) && ++depth > MAX_DEPTH) return true;
    else if (CLOSING.includes(byte)) depth--;
  }
  return false;
}
