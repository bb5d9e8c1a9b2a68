import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FixedViewSchema, plainView } from '../../../src/domain/augment/fixedView.ts';
import { readTransform, transforms } from './transform.mjs';

describe('what --transform asks for', () => {
  it.each([
    [['rotate=15'], { rotate: 15 }],
    [['rotate=-15'], { rotate: -15 }],
    [['scale=0.85'], { scale: 0.85 }],
    [['shift=-3,0'], { shift: [-3, 0] }],
    [['rotate=15', 'shift=0,3'], { rotate: 15, shift: [0, 3] }],
  ])('%o', (texts, changes) => {
    const view = readTransform(texts);
    expect(view).toEqual({ ...plainView, ...changes });
    expect(v.is(FixedViewSchema, view)).toBe(true);
  });

  it('is nothing where it is not given', () => {
    expect(readTransform([])).toBeUndefined();
  });

  it.each(['rotate', 'rotate=', 'rotate=much', 'scale=0', 'shift=3', 'shift=1,2,3', 'shear=0.2'])(
    'is refused as %s',
    (text) => {
      expect(() => readTransform([text])).toThrow(`--transform is "${text}"`);
    },
  );

  it('keeps to the ranges of the page', () => {
    for (const [name, { min, max, count }] of Object.entries(transforms)) {
      const viewOf = (/** @type {number} */ value) => ({
        ...plainView,
        [name]: count === 1 ? value : [value, value],
      });
      expect(v.is(FixedViewSchema, viewOf(min))).toBe(true);
      expect(v.is(FixedViewSchema, viewOf(max))).toBe(true);
      expect(v.is(FixedViewSchema, viewOf(max + 1))).toBe(false);
    }
  });
});
