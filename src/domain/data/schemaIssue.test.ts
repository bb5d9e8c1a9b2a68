import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { RecipeSchema, seedRecipe } from '../recipe/recipe.ts';
import { expectedBy } from './schemaIssue.ts';

const even = v.check((value: number) => value % 2 === 0, 'an even number');

describe('what a schema expects', () => {
  it.each([
    ['a limit', v.pipe(v.number(), v.minValue(1)), 0, '>=1'],
    ['one of several', v.picklist(['a', 'b']), 'c', '("a" | "b")'],
    ['another type', v.string(), 1, 'string'],
    ['a whole number', v.pipe(v.number(), v.integer()), 1.5, 'integer'],
    [
      'a whole number that can be counted to',
      v.pipe(v.number(), v.safeInteger()),
      2 ** 60,
      'safe integer',
    ],
    ['a time', v.pipe(v.string(), v.isoTimestamp()), 'yesterday', 'iso timestamp'],
    ['what a check of ours says', v.pipe(v.number(), even), 3, 'an even number'],
    ['a whole batch', RecipeSchema, { ...seedRecipe, batchSize: 1.5 }, 'integer'],
  ] as const)('is %s', (_, schema, value, expected) => {
    const { issues } = v.safeParse(schema as v.GenericSchema, value);
    expect(issues?.map(expectedBy)).toEqual([expected]);
  });
});
