import { describe, expect, it } from 'vitest';
import { improvedRecipe, type Recipe, RecipeSchema, seedRecipe } from '../recipe/recipe.ts';
import {
  ablationVariants,
  changeOf,
  epochsOf,
  FEWEST_EPOCHS,
  frameOf,
  ingredients,
  ingredientsOf,
  notOfFrame,
  seedsFrom,
  usualAblation,
  usualTrainingImages,
} from './ablation.ts';

const frame = frameOf({ ...seedRecipe, width: 0.125, steps: 500, seed: 7, batchSize: 50 });

const keysOf = (recipe: Recipe) => Object.keys(recipe) as (keyof Recipe)[];

/** The controls in which two recipes differ. */
const differing = (a: Recipe, b: Recipe) => keysOf(a).filter((key) => a[key] !== b[key]);

/** A recipe with another value in each control than any preset has. */
const strange: Recipe = {
  ...{ preset: 'seed', architecture: 'lenet5', width: 0.31, batchSize: 37, steps: 777 },
  ...{ learningRate: 0.0123, dropout: 0.123, normalization: 'batch', schedule: 'step' },
  ...{ warmup: 11, weightDecay: 0.0123, labelSmoothing: 0.123, averaging: 0.5 },
  ...{ patience: 3, keepBest: 'on', initializer: 'normal', scaling: 'standard', seed: 99 },
  ...{ displayStep: 7, validationInterval: 77, validationImages: 777, checkpointInterval: 70 },
  ...{ shift: 1.5, rotate: 7, scale: 0.07, shear: 0.07, elastic: 0.7, thickness: 0.17 },
  ...{ brightness: 0.17, contrast: 0.17, erase: 0.17, lighting: 0.17, mirror: 'on' },
};

describe('an ablation', () => {
  it('begins with the seed recipe and ends with the improved one', () => {
    const variants = ablationVariants(frame);
    expect(variants.map(({ id }) => id)).toEqual(['seed', ...ingredients, 'improved']);
    expect(variants[0]?.recipe).toEqual({ ...seedRecipe, ...frame });
    expect(variants.at(-1)?.recipe).toEqual({ ...improvedRecipe, ...frame, keepBest: 'off' });
  });

  it('has one frame, whatever the variant', () => {
    for (const { recipe } of ablationVariants(frame)) expect(frameOf(recipe)).toEqual(frame);
  });

  it('has every control of the recipe in every row, but for those that an ingredient owns', () => {
    expect(Object.keys(strange).sort()).toEqual(Object.keys(RecipeSchema.entries).sort());
    for (const key of keysOf(strange)) {
      // Each value tells where it is from, or the walk would show nothing.
      const usual = [seedRecipe[key], improvedRecipe[key]];
      if (key !== 'preset' && key !== 'keepBest') expect(usual, key).not.toContain(strange[key]);
    }
    const rows = ablationVariants(frameOf(strange));
    const owned = ingredients.flatMap((id) => Object.keys(changeOf(id)));
    for (const key of keysOf(strange)) {
      const values = new Set(rows.map(({ recipe }) => recipe[key]));
      if (key === 'preset') continue; // the name of the recipe that the row begins with
      if (key === 'patience' || key === 'keepBest') expect([...values]).toEqual([seedRecipe[key]]);
      else if (owned.includes(key)) expect(values, key).not.toContain(strange[key]);
      else expect([...values], key).toEqual([strange[key]]);
    }
    expect([...notOfFrame].sort()).toEqual([...owned, 'preset', 'patience', 'keepBest'].sort());
  });

  it('changes something with each ingredient, and nothing with two of them', () => {
    const base = { ...seedRecipe, ...frame };
    const changed = ablationVariants(frame)
      .slice(1, -1)
      .map(({ recipe }) => differing(base, recipe));
    for (const keys of changed) expect(keys).not.toEqual([]);
    expect(new Set(changed.flat()).size).toBe(changed.flat().length);
  });

  it('leaves nothing of the improved recipe out: all ingredients together are it', () => {
    const together = Object.assign({}, seedRecipe, ...ingredients.map(changeOf));
    const aside: readonly (keyof Recipe)[] = ['preset', 'steps', 'keepBest', 'patience'];
    expect(differing(improvedRecipe, together).filter((key) => !aside.includes(key))).toEqual([]);
  });

  it('trains the chosen ingredients alone, in their own order', () => {
    const ids = ablationVariants(frame, ['averaging', 'geometry']).map(({ id }) => id);
    expect(ids).toEqual(['seed', 'geometry', 'averaging', 'improved']);
  });

  it('offers no dropout to a network without it', () => {
    expect(ingredientsOf({ architecture: 'lenet5' })).not.toContain('dropout');
    expect(ingredientsOf({ architecture: 'alexnet' })).toEqual(ingredients);
  });
});

describe('the usual length of an ablation', () => {
  it('is long enough to learn by heart, and leaves small sets as many images as they have', () => {
    const { steps, trainingImages } = usualAblation;
    expect(epochsOf({ ...seedRecipe, steps }, trainingImages)).toBeGreaterThan(FEWEST_EPOCHS);
    expect(usualTrainingImages(60_000)).toBe(trainingImages);
    expect(usualTrainingImages(120)).toBe(110);
  });

  it('counts seeds on from the first, over the largest that there is', () => {
    expect(seedsFrom(7, 3)).toEqual([7, 8, 9]);
    expect(seedsFrom(2 ** 32 - 1, 2)).toEqual([2 ** 32 - 1, 0]);
  });
});
