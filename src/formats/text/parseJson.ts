import type { Phrase } from '../../util/errors.ts';
import type { Refuse } from '../refusal.ts';

/** Far deeper than what any of these files holds. A million levels take a second to parse. */
export const MAX_DEPTH = 200;
/**
 * Five times what the largest of these files holds: a thousand tensors or drawings, of some fifteen values
 * each. Eight million values take the worker a quarter of a minute and a gigabyte.
 */
export const MAX_VALUES = 100_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/**
 * What a JSON text in UTF-8 says (RFC 8259). It is refused where it is none, nests more than 200 levels or
 * has more than 100,000 values, which is found before anything is made of it.
 * @param place what the refusal calls the text
 */
export function parseJson(bytes: Uint8Array, place: string | Phrase, refuse: Refuse): unknown {
  const { levels, values } = extentOf(bytes);
  if (levels > MAX_DEPTH) throw refuse('json.tooDeep', { place, levels: MAX_DEPTH });
  if (values > MAX_VALUES) throw refuse('json.tooMany', { place, values: MAX_VALUES });
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refuse('json.none', { place });
  }
}

/**
 * Levels, and values at most: one behind each bracket and comma. Those within strings do not count; no
 * byte of a longer UTF-8 character looks like one. The count ends where either is too large.
 */
function extentOf(bytes: Uint8Array): { levels: number; values: number } {
  let [depth, levels, values] = [0, 0, 1];
  let isInString = false;
  for (let i = 0; i < bytes.length && levels <= MAX_DEPTH && values <= MAX_VALUES; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString) {
      if (byte === BACKSLASH) i++;
    } else if (byte === COMMA) values++;
    else if (byte === 0x5b || byte === 0x7b) {
      values++;
      depth++;
      levels = Math.max(levels, depth);
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return { levels, values };
}
