import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { LabelledImages } from '../data/dataset.ts';
import { fitScaling, gatherLabels, gatherScaled, ScalingSchema } from './scaling.ts';

/** Images of 1x2 pixels and as many channels as it takes. */
function imagesOf(rows: readonly (readonly number[])[]): LabelledImages {
  const channels = (rows[0]?.length ?? 2) / 2;
  return {
    shape: { height: 1, width: 2, channels },
    count: rows.length,
    pixels: Uint8Array.from(rows.flat()),
    labels: Uint16Array.from(rows, (_, i) => i + 3),
  };
}

const all = ({ count }: LabelledImages) => Uint32Array.from({ length: count }, (_, i) => i);

const someImages = fc
  .array(fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 20 })
  .map(imagesOf);

function scaled(images: LabelledImages, kind: 'minmax' | 'standard'): number[] {
  const out = new Float32Array(images.pixels.length);
  gatherScaled(images, all(images), fitScaling(kind, images, all(images)), out);
  return [...out];
}

describe('min-max scaling', () => {
  it('maps 0..255 to 0..1', () => {
    const images = imagesOf([[0, 255]]);
    expect(fitScaling('minmax', images, all(images))).toEqual({
      ...{ kind: 'minmax', offset: 0, factor: 1 / 255 },
    });
    expect(scaled(images, 'minmax')).toEqual([0, 1]);
  });

  it('uses the whole of 0..1 and nothing else', () => {
    fc.assert(
      fc.property(someImages, (images) => {
        const values = scaled(images, 'minmax');
        expect(Math.min(...values)).toBe(0);
        const constant = new Set(images.pixels).size === 1;
        expect(Math.max(...values)).toBeCloseTo(constant ? 0 : 1, 6);
      }),
    );
  });
});

describe('standard scaling', () => {
  it('gives mean 0 and sd 1, or zeros where all bytes are one', () => {
    fc.assert(
      fc.property(someImages, (images) => {
        const values = scaled(images, 'standard');
        const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
        const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
        expect(mean).toBeCloseTo(0, 5);
        expect(variance).toBeCloseTo(new Set(images.pixels).size === 1 ? 0 : 1, 4);
      }),
    );
  });
});

describe('fitting', () => {
  it('looks at no image but the ones it is given', () => {
    const images = imagesOf([
      [10, 20],
      [0, 255],
    ]);
    expect(fitScaling('minmax', images, Uint32Array.of(0))).toEqual({
      ...{ kind: 'minmax', offset: 10, factor: 0.1 },
    });
    expect(fitScaling('standard', images, Uint32Array.of(0))).toEqual({
      ...{ kind: 'standard', offset: 15, factor: 0.2 },
    });
  });

  it('survives images of one brightness, and none at all', () => {
    const images = imagesOf([[7, 7]]);
    for (const kind of ['minmax', 'standard'] as const) {
      expect(fitScaling(kind, images, all(images))).toEqual({ kind, offset: 7, factor: 1 });
      const { offset, factor } = fitScaling(kind, images, new Uint32Array(0));
      expect([offset, factor]).toEqual([0, 1]);
    }
  });
});

describe('gathering', () => {
  const images = imagesOf([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10, 11, 12],
  ]);

  it('writes the images asked for in the order asked for, channels last', () => {
    const out = new Float32Array(8);
    gatherScaled(images, Uint32Array.of(2, 0), { kind: 'minmax', offset: 1, factor: 2 }, out);
    expect([...out]).toEqual([16, 18, 20, 22, 0, 2, 4, 6]);
    expect([...gatherLabels(images, Uint32Array.of(2, 0, 2))]).toEqual([5, 3, 5]);
  });

  it('never reads beyond the data set', () => {
    const out = new Float32Array(4);
    const scaling = { kind: 'minmax', offset: 0, factor: 1 } as const;
    expect(() => gatherScaled(images, Uint32Array.of(3), scaling, out)).toThrow(
      'there is no image 3 among 3',
    );
    expect(() => gatherLabels(images, Uint32Array.of(3))).toThrow('index 3 outside');
    expect(() => gatherScaled(images, all(images), scaling, out)).toThrow('room');
  });
});

describe('the scaling schema', () => {
  it('takes finite numbers and nothing more', () => {
    const accepts = (scaling: unknown) => v.safeParse(ScalingSchema, scaling).success;
    expect(accepts({ kind: 'standard', offset: 33.3, factor: 0.0127 })).toBe(true);
    expect(accepts({ kind: 'standard', offset: Number.NaN, factor: 1 })).toBe(false);
    expect(accepts({ kind: 'standard', offset: 0, factor: Number.POSITIVE_INFINITY })).toBe(false);
    expect(accepts({ kind: 'log', offset: 0, factor: 1 })).toBe(false);
    expect(accepts({ kind: 'minmax', offset: 0, factor: 1, more: 1 })).toBe(false);
  });
});
