import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittingSize, imageSides, isWithin } from './imageSides.ts';
import { resampleImage } from './resampleImage.ts';

describe('the size that fits', () => {
  const size = fc.record({
    height: fc.integer({ min: 4, max: 4096 }),
    width: fc.integer({ min: 4, max: 4096 }),
  });
  it('is one that the networks take, and that of an image that they take already', () => {
    fc.assert(
      fc.property(size, (given) => {
        const fitting = fittingSize(given);
        expect(isWithin(imageSides, fitting)).toBe(true);
        if (isWithin(imageSides, given)) expect(fitting).toEqual(given);
      }),
    );
  });

  it.each([
    [
      { height: 100, width: 80 },
      { height: 64, width: 51 },
    ],
    [
      { height: 8, width: 8 },
      { height: 16, width: 16 },
    ],
    [
      { height: 8, width: 12 },
      { height: 16, width: 24 },
    ],
    [
      { height: 1000, width: 10 },
      { height: 64, width: 16 },
    ],
  ])('of %j is %j', (given, fitting) => {
    expect(fittingSize(given)).toEqual(fitting);
  });
});

describe('an image at another size', () => {
  it('keeps a colour that is everywhere the same, larger or smaller', () => {
    const shape = fc.record({
      height: fc.integer({ min: 4, max: 90 }),
      width: fc.integer({ min: 4, max: 90 }),
      channels: fc.constantFrom(1 as const, 3 as const),
    });
    fc.assert(
      fc.property(shape, (from) => {
        const colour = (i: number) => 200 + (i % from.channels) * 20;
        const pixels = Uint8Array.from(
          { length: from.height * from.width * from.channels },
          (_, i) => colour(i),
        );
        const out = resampleImage(pixels, from, fittingSize(from));
        expect(out.findIndex((value, i) => value !== colour(i))).toBe(-1);
      }),
      { numRuns: 50 },
    );
  });

  it('halved is the mean of each two by two pixels', () => {
    const shape = { height: 2, width: 4, channels: 1 } as const;
    const half = resampleImage(Uint8Array.of(0, 40, 8, 8, 80, 40, 8, 8), shape, {
      height: 1,
      width: 2,
    });
    expect([...half]).toEqual([40, 8]);
  });
});
