import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectRefusal } from '../../util/testing/bothLanguages.ts';
import { refusalOf } from '../refusal.ts';
import { parseJson } from './parseJson.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const parse = (bytes: Uint8Array) =>
  parseJson(bytes, { code: 'place.header' }, refusalOf('weights.header', 'f'));
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('a JSON text', () => {
  it('says what JSON.parse says', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(parse(bytesOf(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('may nest 200 levels, and no more', () => {
    expect(() => parse(bytesOf(nested(200)))).not.toThrow();
    expect(() => parse(bytesOf(nested(201)))).toThrow('its header nests more than 200 levels');
    expect(() => parse(bytesOf('{"a":'.repeat(201)))).toThrow(
      'its header nests more than 200 levels',
    );
  });

  it('may have any brackets in its strings, and any number side by side', () => {
    const brackets = '["\\'.repeat(300);
    expect(parse(bytesOf(JSON.stringify([brackets])))).toEqual([brackets]);
    expect(parse(bytesOf(`[${new Array(300).fill('[]').join()}]`))).toHaveLength(300);
  });

  it('is refused where it is none, or not in UTF-8', () => {
    expectRefusal(
      () => parse(bytesOf('{')),
      'The header of f is not valid: its header is not JSON.',
    );
    expectRefusal(() => parse(Uint8Array.of(0x22, 0xff, 0x22)), 'its header is not JSON');
  });
});
