import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Patch, resample } from './resample.ts';

const patchOf = (width: number, height: number, values: readonly number[]): Patch => ({
  ...{ values: Float32Array.from(values), stride: width, left: 0, top: 0, width, height },
});
const identity = { scale: 1, shift: 0 };
const line = (values: readonly number[], scale: number, shift: number, count: number) => [
  ...resample(patchOf(values.length, 1, values), { scale, shift }, identity, count, 1),
];

describe('resampling', () => {
  it('changes nothing at scale 1 without a shift', () => {
    const patch = patchOf(2, 3, [1, 2, 3, 4, 5, 6]);
    expect([...resample(patch, identity, identity, 2, 3)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('takes the mean of what a smaller pixel covers, in part too', () => {
    expect(line([1, 3, 5, 7], 0.5, 0, 2)).toEqual([2, 6]);
    const [first] = line([3, 6, 9], 2 / 3, 0, 2);
    expect(first).toBeCloseTo((3 + 6 / 2) / 1.5, 5);
  });

  it('divides a pixel between two when it is moved by a part', () => {
    const [a, b, c] = line([8], 1, 0.25, 3);
    expect([a, b, c]).toEqual([6, 2, 0]);
  });

  it('interpolates where it enlarges', () => {
    // Centres of the source lie at 1 and 3, those of the destination at 0.5, 1.5, 2.5, 3.5.
    expect(line([0, 8], 2, 0, 4)).toEqual([0, 2, 6, 6]);
  });

  it('reads only its part of the picture', () => {
    const patch = { ...patchOf(4, 2, [9, 1, 2, 9, 9, 3, 4, 9]), left: 1, width: 2 };
    expect([...resample(patch, identity, identity, 4, 2)]).toEqual([1, 2, 0, 0, 3, 4, 0, 0]);
  });

  it('keeps mass and centre of mass of what stays inside', () => {
    const values = fc.array(fc.double({ min: 0, max: 9, noNaN: true }), {
      minLength: 1,
      maxLength: 9,
    });
    const scales = fc.double({ min: 0.2, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        values,
        scales,
        fc.double({ min: 3, max: 9, noNaN: true }),
        (source, scale, shift) => {
          fc.pre(source.some((value) => value > 0.1));
          const out = line(source, scale, shift, 48);
          const total = (all: readonly number[]) => all.reduce((sum, value) => sum + value, 0);
          const centre = (all: readonly number[]) =>
            total(all.map((value, i) => value * (i + 0.5))) / total(all);
          if (scale <= 1) {
            expect(total(out)).toBeCloseTo(scale * total(source), 3);
            // A destination pixel counts as its middle, so up to half of one may be missed.
            expect(Math.abs(centre(out) - (scale * centre(source) + shift))).toBeLessThan(0.5);
          }
        },
      ),
    );
  });
});
