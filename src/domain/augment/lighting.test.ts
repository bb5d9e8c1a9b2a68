import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg4d } from '../../util/random.ts';
import { fitColours, principalAxes } from './lighting.ts';

const SHAPE = { height: 2, width: 2, channels: 3 };
const PIXELS = 4;

/** Images whose pixels have these colours, one after the other. */
function imagesOf(colours: readonly (readonly number[])[]) {
  const count = colours.length / PIXELS;
  return {
    images: {
      shape: SHAPE,
      count,
      pixels: Uint8Array.from(colours.flat()),
      labels: new Uint16Array(count),
    },
    all: Uint32Array.from({ length: count }, (_, i) => i),
  };
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

describe('the principal colours of a data set', () => {
  it('are the line that its colours lie on, with their deviation along it', () => {
    // 100 + 20 k of red and 100 - 15 k of blue, k = -2 and 2: the sd of k is 2, the line 25 long a k.
    const { images, all } = imagesOf([
      ...[[60, 50, 130] as const, [140, 50, 70] as const],
      ...[[60, 50, 130] as const, [140, 50, 70] as const],
    ]);
    const [first, second, third] = fitColours(images, all) ?? [];
    expect(first?.sd).toBeCloseTo(50, 8);
    expect(Math.abs(dot(first?.direction ?? [], [0.8, 0, -0.6]))).toBeCloseTo(1, 10);
    expect(second?.sd).toBeCloseTo(0, 4);
    expect(third?.sd).toBeCloseTo(0, 4);
  });

  it('are the channels, the most varied first, where these vary independently', () => {
    const signs = [
      [1, 1, 1] as const,
      [1, -1, -1] as const,
      [-1, 1, -1] as const,
      [-1, -1, 1] as const,
    ];
    const { images, all } = imagesOf(
      signs.map(([r, g, b]) => [90 + 5 * r, 90 + 70 * g, 90 + 30 * b]),
    );
    const axes = fitColours(images, all) ?? [];
    expect(axes.map(({ sd }) => Math.round(sd * 1e6) / 1e6)).toEqual([70, 30, 5]);
    for (const [i, channel] of [1, 2, 0].entries()) {
      expect(Math.abs(axes[i]?.direction[channel] ?? 0)).toBeCloseTo(1, 10);
    }
  });

  it('are those of the images named, not of the others', () => {
    const grey = [50, 50, 50];
    const { images } = imagesOf([grey, grey, grey, grey, [0, 0, 0], [255, 0, 0], grey, grey]);
    for (const { sd } of fitColours(images, Uint32Array.of(0)) ?? []) expect(sd).toBeCloseTo(0, 4);
    expect(fitColours(images, Uint32Array.of(1))?.[0]?.sd).toBeGreaterThan(50);
  });

  it('are those of all pixels, whatever the number of images and the place of a pattern in them', () => {
    // Random colours, and black along one side or over every other column or row.
    const patterns: readonly ((row: number, column: number) => boolean)[] = [
      (_, column) => column < 2,
      (row) => row % 2 === 0,
    ];
    const sides32 = [14_649, 15_625, 20_000, 31_249, 50_000, 62_500];
    const cases = [...sides32.map((count) => ({ count, side: 32 })), { count: 15_625, side: 64 }];
    for (const { count, side } of cases) {
      for (const [salt, isBlack] of patterns.entries()) {
        // One image for all: what differs from place to place within it is what is asked about.
        const one = new Uint8Array(side * side * 3);
        for (let pixel = 0; pixel < side * side; pixel++) {
          if (isBlack(Math.floor(pixel / side), pixel % side)) continue;
          const [red, green, blue] = pcg4d(salt, 0, 0, pixel);
          one.set([red % 256, 64 + (green % 192), 128 + (blue % 64)], 3 * pixel);
        }
        const shape = { height: side, width: side, channels: 3 };
        const images = { shape, count: 1, pixels: one, labels: new Uint16Array(1) };
        const exact = fitColours(images, new Uint32Array(1)) ?? [];
        const sampled = fitColours(images, new Uint32Array(count)) ?? [];
        for (const [axis, { sd }] of exact.entries()) {
          const share = (sampled[axis]?.sd ?? 0) / sd;
          expect(Math.abs(share - 1), `${count} images of ${side}, axis ${axis}`).toBeLessThan(
            0.02,
          );
        }
      }
    }
  });

  it('are none for grey images, nor for none', () => {
    const { images } = imagesOf([]);
    const shape = { ...SHAPE, channels: 1 };
    const grey = { shape, count: 1, pixels: new Uint8Array(4), labels: new Uint16Array(1) };
    expect(fitColours(grey, Uint32Array.of(0))).toBeNull();
    expect(fitColours(images, new Uint32Array(0))).toBeNull();
  });
});

describe('the axes of a symmetric matrix', () => {
  it('are unit vectors at right angles that make the matrix up again', () => {
    const entry = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 9, maxLength: 9 }), (b) => {
        const row = (i: number) => b.slice(3 * i, 3 * i + 3);
        // B B^T has no negative eigenvalue, like every covariance.
        const matrix = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => dot(row(i), row(j))));
        const axes = principalAxes(matrix);
        const scale = Math.max(1, ...matrix.map(Math.abs));
        for (const [i, { direction }] of axes.entries()) {
          for (const [j, other] of axes.entries()) {
            expect(dot(direction, other.direction)).toBeCloseTo(i === j ? 1 : 0, 8);
          }
        }
        for (const [at, value] of matrix.entries()) {
          const again = axes.reduce(
            (sum, { sd, direction }) =>
              sum + sd ** 2 * (direction[Math.floor(at / 3)] ?? 0) * (direction[at % 3] ?? 0),
            0,
          );
          expect(Math.abs(again - value) / scale).toBeLessThan(1e-8);
        }
      }),
    );
  });
});
