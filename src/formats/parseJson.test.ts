import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './parseJson.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('a JSON text', () => {
  it('says what JSON.parse says', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(parseJson(bytesOf(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('may nest 200 levels, and no more', () => {
    expect(() => parseJson(bytesOf(nested(200)))).not.toThrow();
    expect(() => parseJson(bytesOf(nested(201)))).toThrow('more than 200 levels');
    expect(() => parseJson(bytesOf('{"a":'.repeat(201)))).toThrow('more than 200 levels');
  });

  it('may have any brackets in its strings, and any number side by side', () => {
    const brackets = '["\\'.repeat(300);
    expect(parseJson(bytesOf(JSON.stringify([brackets])))).toEqual([brackets]);
    expect(parseJson(bytesOf(`[${new Array(300).fill('[]').join()}]`))).toHaveLength(300);
  });
});
