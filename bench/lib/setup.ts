import type { LabelledImages } from '../../src/domain/dataset.ts';
import { architectureOf, type Recipe, seedRecipe } from '../../src/domain/recipe.ts';
import { sizeOf } from '../../src/domain/shapes.ts';
import { initialWeights } from '../../src/training/initialWeights.ts';
import { pcg4d } from '../../src/util/random.ts';
import type { Setup } from './contestant.ts';

/** MNIST's shape. */
const shape = { height: 28, width: 28, channels: 1 };
const CLASSES = 10;
/** Batches in the data set; a step takes the next one. */
const BATCHES = 4;

/**
 * The tutorial's AlexNet and recipe at this size, on noise: no kernel is faster or slower for what
 * the pixels show, and the benchmark needs no download.
 */
export function makeSetup({ width, batch }: { width: number; batch: number }): Setup {
  const recipe: Recipe = { ...seedRecipe, width, batchSize: batch };
  const architecture = architectureOf(recipe, shape, CLASSES);
  return {
    architecture,
    recipe,
    scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
    images: noise(BATCHES * batch),
    weights: initialWeights(architecture, recipe.initializer, recipe.seed),
    indices: (step) => Uint32Array.from({ length: batch }, (_, i) => (step % BATCHES) * batch + i),
  };
}

function noise(count: number): LabelledImages {
  const pixels = new Uint8Array(count * sizeOf([shape.height, shape.width, shape.channels]));
  for (let i = 0; i < pixels.length; i++) pixels[i] = pcg4d(1, 2, 3, i)[0] & 255;
  return {
    shape,
    count,
    pixels,
    labels: Uint8Array.from({ length: count }, (_, i) => i % CLASSES),
  };
}
