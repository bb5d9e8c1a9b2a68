import { describe, expect, it } from 'vitest';
import { createWorkbenchStore } from '../../../app/store.ts';
import { seedRecipe } from '../../../domain/recipe.ts';
import { changedKeys, planOf, recipeHold, resetChanges, widthChoices } from './selectors.ts';

const initial = createWorkbenchStore(seedRecipe, 'auto').getState();

describe('differences from the preset', () => {
  it('are named, the basic ones first', () => {
    const recipe = { ...seedRecipe, seed: 2, dropout: 0, initializer: 'normal' as const };
    expect(changedKeys(recipe)).toEqual(['dropout', 'initializer', 'seed']);
  });

  it('do not count the width, which follows the machine', () => {
    expect(changedKeys({ ...seedRecipe, width: 0.25 })).toEqual([]);
  });

  it('are gone after a reset, which leaves the width', () => {
    const recipe = { ...seedRecipe, steps: 10, width: 0.25 };
    expect({ ...recipe, ...resetChanges(recipe) }).toEqual({ ...seedRecipe, width: 0.25 });
  });
});

describe('the controls', () => {
  it('are locked while a run trains, and open in a pause', () => {
    expect(recipeHold({ ...initial, phase: 'training' })).toBe('locked');
    expect(recipeHold({ ...initial, phase: 'paused' })).toBe('paused');
    expect(recipeHold({ ...initial, phase: 'idle' })).toBeUndefined();
  });

  it('offer a width that only the address asks for', () => {
    expect(widthChoices([1, 0.5], 0.5)).toEqual([1, 0.5]);
    expect(widthChoices([1, 0.5], 0.7)).toEqual([1, 0.7, 0.5]);
  });
});

describe('the plan', () => {
  it('is unknown without images', () => {
    expect(planOf(initial)).toBeUndefined();
  });

  it('counts how often the images are seen', () => {
    const summary = {
      name: 'MNIST',
      classNames: [],
      shape: { height: 28, width: 28, channels: 1 },
      trainCount: 50_000,
      validationCount: 0,
      testCount: 0,
      trainClassCounts: [],
    };
    expect(planOf({ ...initial, dataset: { status: 'ready', summary } })?.epochs).toBe(3);
  });
});
