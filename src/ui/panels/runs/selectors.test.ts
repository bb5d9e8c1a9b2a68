import { describe, expect, it } from 'vitest';
import { seedRecipe } from '../../../domain/recipe/recipe.ts';
import type { RunSummary } from '../../../domain/runs/run.ts';
import { recipeHighlights, shownStatus, sortedRuns, storedBytesOf } from './selectors.ts';

const run: RunSummary = {
  id: 'a',
  name: 'first',
  status: 'training',
  createdAt: 1,
  updatedAt: 1,
  recipe: seedRecipe,
  datasetName: 'MNIST',
  engine: 'wasm',
  step: 0,
  steps: 1500,
  storedBytes: 0,
};

describe('the list of runs', () => {
  it('begins with the latest', () => {
    const runs = [run, { ...run, id: 'b', updatedAt: 2 }];
    expect(sortedRuns(runs).map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('adds up what is stored', () => {
    expect(storedBytesOf([])).toBe(0);
    expect(storedBytesOf([run, { ...run, storedBytes: 5 }, { ...run, storedBytes: 7 }])).toBe(12);
  });

  it('says of a run that does not train here that it is unfinished', () => {
    expect(shownStatus(run, true)).toBe('live');
    expect(shownStatus(run, false)).toBe('training');
    expect(shownStatus({ ...run, status: 'finished' }, true)).toBe('finished');
  });
});

describe('what tells a run from the others', () => {
  it('is its network and batch, where it follows its preset', () => {
    expect(recipeHighlights(seedRecipe).map(({ key }) => key)).toEqual([
      'alexnet',
      'width',
      'batch',
    ]);
  });

  it('is all that differs, where it does not', () => {
    const recipe = {
      ...seedRecipe,
      architecture: 'lenet5' as const,
      scaling: 'standard' as const,
      seed: 7,
    };
    expect(recipeHighlights(recipe)).toEqual([
      { key: 'lenet5', params: {} },
      { key: 'batch', params: { batch: 100 } },
      { key: 'seed', params: { value: 7 } },
      { key: 'scaling.standard', params: {} },
    ]);
  });
});
