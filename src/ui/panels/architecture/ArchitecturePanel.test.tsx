import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { architectureOf, seedRecipe } from '../../../domain/recipe/recipe.ts';
import { runState } from '../../testing/runState.ts';
import { show } from '../../testing/show.tsx';
import { ArchitecturePanel } from './ArchitecturePanel.tsx';

const recipe = { ...seedRecipe, width: 0.125 as const };
const { record } = runState;
const architecture = architectureOf(recipe, record.architecture.input, 10);
const run = { ...runState, record: { ...record, recipe, architecture } };

describe('the architecture', () => {
  const about = (width: string) => page.getByText(`at width ${width}.`);

  it('is that of the run in memory, and the recipe has a place of its own where it differs', async () => {
    const { store } = await show(<ArchitecturePanel />);
    await expect.element(about('1')).toBeVisible();
    expect(page.getByRole('radio', { name: 'Recipe' }).elements()).toEqual([]);
    store.setState({ run });
    await expect.element(about('1/8')).toBeVisible();
    await page.getByText('Recipe', { exact: true }).click();
    await expect.element(about('1')).toBeVisible();
    store.setState({ recipe });
    await expect.element(about('1/8')).toBeVisible();
    expect(page.getByRole('radio', { name: 'Recipe' }).elements()).toEqual([]);
  });
});
