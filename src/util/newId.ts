import { hexOf } from './hex.ts';

/**
 * A new identifier, in the form of a random UUID. The browser's own `randomUUID` exists in secure
 * contexts alone; random bytes it gives to every page.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const [version = 0, variant = 0] = [bytes[6], bytes[8]];
  bytes[6] = (version & 0x0f) | 0x40; // version 4: random
  bytes[8] = (variant & 0x3f) | 0x80; // the variant of RFC 9562
  const hex = hexOf(bytes);
  const ends = [8, 12, 16, 20, 32];
  return ends.map((end, i) => hex.slice(ends[i - 1] ?? 0, end)).join('-');
}
