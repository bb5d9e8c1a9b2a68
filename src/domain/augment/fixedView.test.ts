import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { LabelledImages } from '../data/dataset.ts';
import {
  composed,
  type FixedView,
  FixedViewSchema,
  gatherMapped,
  mapOf,
  plainView,
} from './fixedView.ts';

const asBytes = { kind: 'minmax', offset: 0, factor: 1 } as const;

/** What is seen of a grey image through a view, in bytes. */
function seen(pixels: readonly number[], width: number, view: FixedView): number[] {
  const height = pixels.length / width;
  const images: LabelledImages = {
    ...{ shape: { height, width, channels: 1 }, count: 1 },
    ...{ pixels: Uint8Array.from(pixels), labels: Uint16Array.of(0) },
  };
  const out = new Float32Array(pixels.length);
  gatherMapped(images, Uint32Array.of(0), mapOf(view), asBytes, out);
  return [...out].map((value) => Math.round(value));
}

// A hook: rows of 5 pixels.
const hook = [
  ...[0, 0, 0, 0, 0],
  ...[0, 9, 5, 0, 0],
  ...[0, 9, 0, 0, 0],
  ...[0, 9, 0, 0, 0],
  ...[0, 0, 0, 0, 0],
];

describe('a fixed view of an image', () => {
  it('leaves it as it is where nothing is asked for', () => {
    expect(seen(hook, 5, plainView)).toEqual(hook);
  });

  it('moves to the right and down', () => {
    const moved = seen(hook, 5, { ...plainView, shift: [1, 1] });
    expect(moved[2 * 5 + 2]).toBe(9);
    expect(moved[2 * 5 + 3]).toBe(5);
    expect(moved[1 * 5 + 1]).toBe(0);
  });

  it('turns clockwise', () => {
    const turned = seen(hook, 5, { ...plainView, rotate: 90 });
    expect(turned.slice(5, 10)).toEqual([0, 9, 9, 9, 0]);
    expect(turned[2 * 5 + 3]).toBe(5);
  });

  it('mirrors left and right', () => {
    expect(seen(hook, 5, { ...plainView, mirror: true }).slice(5, 10)).toEqual([0, 0, 5, 9, 0]);
  });

  it('makes it smaller below 1', () => {
    const disc = [0, 0, 0, 0, 0, 0, 8, 8, 8, 0, 0, 8, 8, 8, 0, 0, 8, 8, 8, 0, 0, 0, 0, 0, 0];
    const sum = (bytes: readonly number[]) => bytes.reduce((total, byte) => total + byte, 0);
    expect(sum(seen(disc, 5, { ...plainView, scale: 0.5 }))).toBeLessThan(sum(disc) / 2);
  });

  it('scales bytes as the run does', () => {
    const images: LabelledImages = {
      ...{ shape: { height: 1, width: 2, channels: 1 }, count: 2 },
      ...{ pixels: Uint8Array.of(1, 2, 30, 40), labels: Uint16Array.of(0, 0) },
    };
    const out = new Float32Array(2);
    const scaling = { kind: 'standard', offset: 10, factor: 0.5 } as const;
    gatherMapped(images, Uint32Array.of(1), mapOf(plainView), scaling, out);
    expect([...out]).toEqual([10, 15]);
  });
});

describe('two views, one after the other', () => {
  const view = fc.record({
    rotate: fc.double({ min: -180, max: 180, noNaN: true }),
    scale: fc.double({ min: 0.1, max: 10, noNaN: true }),
    shift: fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })),
    mirror: fc.boolean(),
  });
  const place = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
  const apply = ([a, b, c, d, e, f]: readonly number[], [x, y]: readonly [number, number]) =>
    [(a ?? 0) * x + (b ?? 0) * y + (c ?? 0), (d ?? 0) * x + (e ?? 0) * y + (f ?? 0)] as const;

  it('are one map', () => {
    fc.assert(
      fc.property(view, view, place, (first, second, where) => {
        const together = apply(composed(mapOf(first), mapOf(second)), where);
        const apart = apply(mapOf(first), apply(mapOf(second), where));
        const size = 1 + Math.abs(apart[0]) + Math.abs(apart[1]);
        expect(Math.abs(together[0] - apart[0]) / size).toBeLessThan(1e-9);
        expect(Math.abs(together[1] - apart[1]) / size).toBeLessThan(1e-9);
      }),
    );
  });
});

describe('a view from outside', () => {
  it.each([
    { ...plainView, rotate: Number.NaN },
    { ...plainView, scale: 0 },
    { ...plainView, shift: [1] },
    { ...plainView, shift: [1e9, 0] },
    { ...plainView, shear: 1 },
    { rotate: 1 },
  ])('is refused where it is none: %o', (view) => {
    expect(v.safeParse(FixedViewSchema, view).success).toBe(false);
  });

  it('is taken where it is one', () => {
    expect(v.parse(FixedViewSchema, plainView)).toEqual(plainView);
  });
});
