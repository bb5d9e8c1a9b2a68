import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { improvedRecipe } from '../src/domain/recipe/recipe.ts';
import { button, progressOf, region, waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

const ROTATION = 40;
const BATCH = 8;
const RATE = 0.0004;

const asked = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

/** The rows of the preview as the page drew them, the originals first. */
const previewRows = (page: Page): Promise<string[]> =>
  region(page, 'Recipe')
    .locator('canvas')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLCanvasElement).toDataURL()));

const rateChanges = (page: Page) =>
  page.evaluate(() => window.workbench.state().run?.record.rateChanges?.map((c) => c.learningRate));

describe('a recipe, from its preset to a run that is steered', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite('?engine=wasm&width=0.125&lang=en');
    await waitForPhase(site.page, 'idle');
  });
  afterAll(() => site?.close());

  it('is all of the preset that is chosen, and the address says so', async () => {
    const { page } = site;
    await region(page, 'Recipe').getByText('Improved', { exact: true }).click();
    await expect.poll(() => asked(page, 'recipe')).toBe('improved');
    const recipe = await page.evaluate(() => window.workbench.state().recipe);
    expect(recipe).toEqual({ ...improvedRecipe, width: 0.125 });
  });

  it('is marked where it differs from the preset', async () => {
    const { page } = site;
    const recipe = region(page, 'Recipe');
    await recipe.getByRole('button', { name: 'Augmentation' }).click();
    await recipe.getByLabel('Rotation').fill(String(ROTATION));
    await recipe.getByRole('button', { name: 'Augmentation, 1 changed' }).waitFor();
    expect(await recipe.textContent()).toContain(`preset ${improvedRecipe.rotate}`);
    await expect.poll(() => asked(page, 'rotate')).toBe(String(ROTATION));
    await recipe.getByLabel('Rotation').fill('4000');
    await recipe.getByText('From 0 to 180.').waitFor();
    expect(asked(page, 'rotate')).toBe(String(ROTATION));
  });

  it('shows the images that it makes of the training images', async () => {
    const { page } = site;
    const recipe = region(page, 'Recipe');
    await recipe.getByText('Load a data set to see its images varied.').waitFor();
    await page.evaluate(() => window.workbench.loadDataset());
    await expect.poll(async () => (await previewRows(page)).length, { timeout: 30_000 }).toBe(5);
    const rows = await previewRows(page);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('goes back to its preset, and the preview with it', async () => {
    const { page } = site;
    const [originals, varied] = await previewRows(page);
    await button(page, 'Reset to preset').click();
    await expect
      .poll(async () => (await previewRows(page))[1], { timeout: 30_000 })
      .not.toBe(varied);
    expect((await previewRows(page))[0]).toBe(originals);
    // The address follows when the controls rest.
    await expect.poll(() => asked(page, 'rotate')).toBeNull();
    expect(asked(page, 'recipe')).toBe('improved');
    expect(await button(page, 'Reset to preset').count()).toBe(0);
  });

  it('trains, and its learning rate can be changed on the way', async () => {
    const { page } = site;
    const batch = region(page, 'Recipe').getByRole('spinbutton', { name: 'Batch', exact: true });
    await batch.fill(String(BATCH));
    await button(page, 'Train').click();
    await waitForPhase(page, 'training');
    await expect
      .poll(async () => (await progressOf(page))?.points, { timeout: 60_000 })
      .toBeGreaterThan(2);
    expect(await previewRows(page)).toHaveLength(5);

    await region(page, 'Training').getByLabel('Learning rate').fill(String(RATE));
    await button(page, 'Change').click();
    await expect.poll(() => rateChanges(page), { timeout: 30_000 }).toEqual([RATE]);
    await button(page, 'Pause').click();
    await waitForPhase(page, 'paused');

    await page.reload();
    await expect.poll(() => rateChanges(page).catch(() => []), { timeout: 30_000 }).toEqual([RATE]);
    const field = region(page, 'Training').getByLabel('Learning rate');
    expect(await field.inputValue()).toBe(String(RATE));
  });

  it('broke no rule of the policy, asked nobody else, and left no error uncaught', () => {
    expect(site.complaints).toEqual([]);
  });
});
