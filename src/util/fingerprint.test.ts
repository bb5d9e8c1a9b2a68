import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';

describe('the fingerprint of a text', () => {
  it('is 16 hexadecimal digits, the same each time', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(fingerprint(text)).toMatch(/^[0-9a-f]{16}$/);
        expect(fingerprint(text)).toBe(fingerprint(text));
      }),
    );
  });

  it('is another for a text that differs in one unit, wherever, or in its length', () => {
    const text = 'a text that is longer than one turn of the hash is';
    const changed = Array.from(text, (_, i) => `${text.slice(0, i)}#${text.slice(i + 1)}`);
    const longer = Array.from({ length: 20 }, (_, i) => text + '\0'.repeat(i));
    const texts = [...changed, ...longer];
    expect(new Set(texts.map(fingerprint)).size).toBe(texts.length);
  });

  it('has the bits of neighbours apart', () => {
    const bits = (text: string) => BigInt(`0x${fingerprint(text)}`);
    const distances = Array.from(
      { length: 200 },
      (_, i) => (bits(`${i}`) ^ bits(`${i + 1}`)).toString(2).replaceAll('0', '').length,
    );
    expect(Math.min(...distances)).toBeGreaterThan(12);
  });
});
