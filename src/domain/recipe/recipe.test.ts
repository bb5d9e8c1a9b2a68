import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { strengthEntries } from '../augment/strengths.ts';
import {
  architectureOf,
  presets,
  type Recipe,
  RecipeSchema,
  recipeRanges,
  seedRecipe,
} from './recipe.ts';

const accepts = (recipe: unknown) => v.safeParse(RecipeSchema, recipe).success;

describe('the recipe schema', () => {
  it('accepts every preset as it is', () => {
    for (const preset of Object.values(presets))
      expect(v.parse(RecipeSchema, preset)).toEqual(preset);
  });

  it.each(Object.entries(recipeRanges))(
    'accepts the ends of %s and nothing beyond',
    (name, range) => {
      const { min, max } = range;
      expect(accepts({ ...seedRecipe, [name]: min })).toBe(true);
      expect(accepts({ ...seedRecipe, [name]: max })).toBe(true);
      expect(accepts({ ...seedRecipe, [name]: min - 1 })).toBe(false);
      expect(accepts({ ...seedRecipe, [name]: max + 1 })).toBe(false);
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '1', null, undefined, [1]]) {
        expect(accepts({ ...seedRecipe, [name]: value })).toBe(false);
      }
    },
  );

  it.each(['batchSize', 'steps', 'seed', 'displayStep', 'validationImages', 'checkpointInterval'])(
    'wants %s whole',
    (name) => expect(accepts({ ...seedRecipe, [name]: 10.5 })).toBe(false),
  );

  it.each(['preset', 'architecture', 'initializer', 'scaling'])(
    'wants %s from its list',
    (name) => {
      expect(accepts({ ...seedRecipe, [name]: 'toString' })).toBe(false);
      expect(accepts({ ...seedRecipe, [name]: 0 })).toBe(false);
    },
  );

  it('takes no key more and no key less', () => {
    expect(accepts({ ...seedRecipe, momentum: 0.9 })).toBe(false);
    const { seed: _seed, ...seedless } = seedRecipe;
    expect(accepts(seedless)).toBe(false);
    expect(accepts(null)).toBe(false);
    expect(accepts([])).toBe(false);
  });

  it('fills what records from before an ingredient lack with what the tutorial did', () => {
    const keys = Object.keys(strengthEntries);
    const added = [...keys, 'normalization', 'schedule', 'warmup', 'weightDecay'];
    const more = ['labelSmoothing', 'averaging', 'patience', 'keepBest'];
    const old = Object.entries(seedRecipe).filter(([key]) => ![...added, ...more].includes(key));
    expect(v.parse(RecipeSchema, Object.fromEntries(old))).toEqual(seedRecipe);
  });

  it('accepts seed 0, which is a seed', () => {
    expect(accepts({ ...seedRecipe, seed: 0 })).toBe(true);
  });
});

describe('the network of a recipe', () => {
  it('takes family, width and dropout from it, and the rest from the data set', () => {
    const recipe: Recipe = { ...seedRecipe, width: 0.25, dropout: 0.1 };
    const input = { height: 32, width: 32, channels: 3 };
    const { id, input: taken, classes, layers } = architectureOf(recipe, input, 26);
    expect({ id, taken, classes }).toEqual({ id: 'alexnet', taken: input, classes: 26 });
    expect(layers[0]).toMatchObject({ name: 'conv1', filters: 24 });
    expect(layers.find(({ kind }) => kind === 'dropout')).toMatchObject({ rate: 0.1 });
  });
});
