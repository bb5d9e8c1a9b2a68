import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ClassNameSchema, checkedClassNames, mendedClassNames } from './classNames.ts';

describe('names that a user gives to classes', () => {
  it('are trimmed, and a class without one keeps its number', () => {
    expect(checkedClassNames([' shirt ', '', 'bag'], 4)).toEqual(['shirt', '1', 'bag', '3']);
  });

  it('are refused where two classes would be called the same', () => {
    expect(() => checkedClassNames(['bag', 'bag'], 2)).toThrow(/bag/);
    expect(() => checkedClassNames(['1', ''], 2)).toThrow(/1/);
  });

  it('are refused where there are more of them than classes', () => {
    expect(() => checkedClassNames(['a', 'b', 'c'], 2)).toThrow(/3 names.* 2 classes/);
  });

  it('have no character that turns, breaks or hides what stands beside them', () => {
    const names = ['a\u202eb', 'c\u0000\r\n=1', '\u2066', 'مرحبا\u200c ی'];
    expect(checkedClassNames(names, 4)).toEqual(['a b', 'c =1', '2', 'مرحبا\u200c ی']);
    expect(() => checkedClassNames(['cat', 'cat\u200e'], 2)).toThrow(/cat/);
  });

  it('are refused where one is longer than a name', () => {
    expect(checkedClassNames(['a'.repeat(100)], 1)).toEqual(['a'.repeat(100)]);
    expect(() => checkedClassNames(['a'.repeat(60_000)], 1)).toThrow(
      /"a{40} …" has 60000 characters; at most 100/,
    );
  });
});

describe('names that were kept before there was a rule', () => {
  it('keep it afterwards, whatever they were, and stay where they kept it', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('a', 'a\u200e', ' a', '', 'x'.repeat(150), 'x'.repeat(151), '\u202e'),
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 30 }), (names) => {
        const mended = mendedClassNames(names);
        expect(new Set(mended).size).toBe(names.length);
        for (const each of mended) expect(v.parse(ClassNameSchema, each)).toBe(each);
        expect(mendedClassNames(mended)).toEqual(mended);
      }),
    );
  });
});
