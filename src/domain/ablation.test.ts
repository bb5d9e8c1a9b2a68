import { describe, expect, it } from 'vitest';
import { ablationVariants, changeOf, frameOf, ingredients, ingredientsOf } from './ablation.ts';
import { improvedRecipe, type Recipe, seedRecipe } from './recipe.ts';

const frame = frameOf({ ...seedRecipe, width: 0.125, steps: 500, seed: 7, batchSize: 50 });

/** The controls in which two recipes differ. */
const differing = (a: Recipe, b: Recipe) =>
  (Object.keys(a) as (keyof Recipe)[]).filter((key) => a[key] !== b[key]);

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
