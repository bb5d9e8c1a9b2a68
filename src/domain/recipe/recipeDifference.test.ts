import { describe, expect, it } from 'vitest';
import { seedRecipe } from './recipe.ts';
import { differingHyperparameters, hyperparameters } from './recipeDifference.ts';

describe('the hyperparameters in which recipes differ', () => {
  it('are those alone, in the order in which people look for them', () => {
    const other = { ...seedRecipe, seed: 2, learningRate: 0.01 };
    expect(differingHyperparameters([seedRecipe, other])).toEqual(['learningRate', 'seed']);
    expect(differingHyperparameters([seedRecipe, seedRecipe, other])).toEqual([
      ...['learningRate', 'seed'],
    ]);
  });

  it('are none of one recipe, of none, and of alike ones', () => {
    for (const recipes of [[], [seedRecipe], [seedRecipe, { ...seedRecipe }]]) {
      expect(differingHyperparameters(recipes)).toEqual([]);
    }
  });

  it('leave out what changes nothing that is learned', () => {
    const other = { ...seedRecipe, displayStep: 77, checkpointInterval: 77 };
    expect(differingHyperparameters([seedRecipe, other])).toEqual([]);
  });

  it('are all of a recipe but its origin and its reports', () => {
    const left = new Set(Object.keys(seedRecipe));
    for (const key of hyperparameters) left.delete(key);
    expect([...left].sort()).toEqual(['checkpointInterval', 'displayStep', 'preset']);
  });
});
