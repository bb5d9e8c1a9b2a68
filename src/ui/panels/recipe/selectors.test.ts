import { describe, expect, it } from 'vitest';
import { createWorkbenchStore } from '../../../app/store.ts';
import { improvedRecipe, quickRecipe, seedRecipe } from '../../../domain/recipe/recipe.ts';
import { groups } from './controls.ts';
import {
  changedIn,
  changedKeys,
  idleBecause,
  noteOf,
  planOf,
  presetChanges,
  recipeHold,
  waysOfVarying,
  widthChoices,
} from './selectors.ts';

const initial = createWorkbenchStore(seedRecipe, 'auto').getState();

const summaryOf = (channels: number) => ({
  ...{ id: 'a', name: 'a set', classNames: [], shape: { height: 28, width: 28, channels } },
  ...{ trainCount: 50_000, validationCount: 0, testCount: 0, trainClassCounts: [] },
});

describe('differences from the preset', () => {
  it('are named, the basic ones first', () => {
    const recipe = { ...seedRecipe, seed: 2, dropout: 0, initializer: 'normal' as const };
    expect(changedKeys(recipe)).toEqual(['dropout', 'initializer', 'seed']);
    expect(changedIn('advanced', recipe)).toBe(2);
    expect(changedIn('augmentation', recipe)).toBe(0);
  });

  it('do not count the width, which follows the machine', () => {
    expect(changedKeys({ ...seedRecipe, width: 0.25 })).toEqual([]);
  });

  it('are gone after a reset, which leaves the width', () => {
    const recipe = { ...seedRecipe, steps: 10, width: 0.25 };
    expect({ ...recipe, ...presetChanges('seed') }).toEqual({ ...seedRecipe, width: 0.25 });
  });

  it('are gone with a reset of a preset that has a width of its own, the width too', () => {
    expect({ ...quickRecipe, width: 1, ...presetChanges('quick') }).toEqual(quickRecipe);
  });

  it('are none after another preset is chosen, which leaves the width too', () => {
    const recipe = { ...seedRecipe, steps: 10, width: 0.25, ...presetChanges('improved') };
    expect(recipe).toEqual({ ...improvedRecipe, width: 0.25 });
    expect(changedKeys(recipe)).toEqual([]);
  });
});

describe('the controls', () => {
  it('are there for every part of a recipe, each in one group', () => {
    const shown = [...Object.values(groups).flat(), 'width', 'preset'].sort();
    expect(shown).toEqual(Object.keys(seedRecipe).sort());
  });

  it('that have no effect say why', () => {
    const grey = { status: 'ready' as const, summary: summaryOf(1) };
    const coloured = { status: 'ready' as const, summary: summaryOf(3) };
    expect(idleBecause('lighting', { ...initial, dataset: grey })).toBe('greyImages');
    expect(idleBecause('lighting', { ...initial, dataset: coloured })).toBeUndefined();
    expect(idleBecause('shift', { ...initial, dataset: grey })).toBeUndefined();
    const lenet5 = { ...seedRecipe, architecture: 'lenet5' as const };
    expect(idleBecause('normalization', { ...initial, recipe: lenet5 })).toBe('noNormalization');
  });

  it('say what batch normalisation costs where it is chosen', () => {
    const batch = { ...seedRecipe, normalization: 'batch' as const };
    expect(noteOf('normalization', batch)).toBe('normalization.batch.note');
    expect(noteOf('normalization', seedRecipe)).toBe('normalization.note');
    expect(noteOf('schedule', batch)).toBe('schedule.note');
  });

  it('of augmentation are counted where they do something', () => {
    expect(waysOfVarying(seedRecipe)).toBe(0);
    expect(waysOfVarying({ ...seedRecipe, shift: 1, mirror: 'on' })).toBe(2);
  });

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
    const summary = summaryOf(1);
    expect(planOf({ ...initial, dataset: { status: 'ready', summary } })?.epochs).toBe(3);
  });
});
