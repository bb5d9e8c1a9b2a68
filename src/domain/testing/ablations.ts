import type { VariantId } from '../ablation/ablation.ts';
import { ablationVariants, frameOf, type Ingredient, seedsFrom } from '../ablation/ablation.ts';
import type { AblationConditions } from '../ablation/ablationConditions.ts';
import { type AblationQueue, newAblation } from '../ablation/ablationQueue.ts';
import { type AblationRow, resultOf } from '../ablation/ablationRow.ts';
import { seedRecipe } from '../recipe/recipe.ts';

/** Ablations and rows for tests. */

export const someConditions: AblationConditions = {
  dataset: { id: 'the images', name: 'MNIST' },
  ...{ trainingImages: 5000, heldBack: 55_000, engine: 'wasm' },
};

export const someFrame = frameOf({ ...seedRecipe, steps: 100, batchSize: 50 });

export function someAblation(chosen: readonly Ingredient[], seeds = 1): AblationQueue {
  return newAblation('an id', {
    ...{ frame: someFrame, conditions: someConditions },
    variants: ablationVariants(someFrame, chosen),
    seeds: seedsFrom(someFrame.seed, seeds),
  });
}

/** Of so many images, with the first of them read right. */
export function readingOf(accuracy: number, images: number, loss = 0.1) {
  const truths = new Uint16Array(images);
  const wrong = Math.round((1 - accuracy) * images);
  return {
    images,
    loss,
    accuracy,
    truths,
    predictions: new Uint16Array(images).fill(1, images - wrong),
  };
}

export function doneRow(variant: VariantId, accuracy: number, seed = 1): AblationRow {
  const training = { images: 5000, loss: 0.01, accuracy: 1 };
  const run = { step: 100, trainingMs: 9000 };
  const result = resultOf({ variant }, run, training, readingOf(accuracy, 5000));
  return { variant, seed, status: 'done', result };
}

export function failedRow(variant: VariantId, seed = 1): AblationRow {
  return { variant, seed, status: 'failed', error: { message: 'It did not work.' } };
}
