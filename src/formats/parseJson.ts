import type { Phrase } from '../util/errors.ts';
import type { Refuse } from './refusal.ts';

/** Far deeper than what any of these files holds. A million levels take a second to parse. */
const MAX_DEPTH = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: readonly number[] = [0x5b, 0x7b];
const CLOSING: readonly number[] = [0x5d, 0x7d];

/**
 * What a JSON text in UTF-8 says (RFC 8259). It is refused where it is none or nests more than 200
 * levels, which is found before anything is made of it.
 * @param place what the refusal calls the text
 */
export function parseJson(bytes: Uint8Array, place: string | Phrase, refuse: Refuse): unknown {
  if (isTooDeep(bytes)) throw refuse('json.tooDeep', { place, levels: MAX_DEPTH });
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refuse('json.none', { place });
  }
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
