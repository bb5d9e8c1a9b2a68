import { expect, it } from 'vitest';
import { createWorkbenchStore } from '../../../app/store.ts';
import { seedRecipe } from '../../../domain/recipe/recipe.ts';
import { digits, runState } from '../../testing/runState.ts';
import { summary } from '../../testing/summary.ts';
import { classNamesOf } from './selectors.ts';

it('what a drawing may be is what the model knows, else what the data set has, else a digit', () => {
  const initial = createWorkbenchStore(seedRecipe, 'wasm').getState();
  expect(classNamesOf(initial)).toEqual(digits);
  const dataset = {
    ...{ status: 'ready' as const, summary: { ...summary, classNames: ['sandal', 'boot'] } },
  };
  expect(classNamesOf({ ...initial, dataset })).toEqual(['sandal', 'boot']);
  const run = { ...runState, record: { ...runState.record, classNames: ['cat', 'dog'] } };
  expect(classNamesOf({ ...initial, dataset, run })).toEqual(['cat', 'dog']);
});
