import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineReport } from '../domain/machine/engineReport.ts';
import { improvedRecipe, quickRecipe, type Recipe, seedRecipe } from '../domain/recipe/recipe.ts';
import { createClient } from './client.ts';
import { fakeBrowser } from './effects/testing/fakeBrowser.ts';
import { createWorkbenchStore } from './store.ts';

describe('a page whose worker cannot be made', () => {
  beforeEach(() => {
    fakeBrowser();
  });
  afterEach(() => vi.unstubAllGlobals());

  it('is there all the same, and says why nothing will train', async () => {
    const store = createWorkbenchStore(seedRecipe, 'auto');
    const forbid = () => {
      throw new DOMException('Workers are not allowed here.', 'SecurityError');
    };
    const client = createClient(forbid, store, false);
    await client.start({
      ...{ engine: 'auto', siteUrl: 'https://workbench.test/', tuning: 'on', threads: undefined },
    });
    expect(store.getState().phase).toBe('failed');
    expect(store.getState().notices.map(({ message }) => message)).toEqual([
      'Workers are not allowed here.',
    ]);
    // Who begins without an answer to what a link asks has answered: it is not asked beside the training.
    store.setState({ linkAsks: true });
    await expect(client.train()).rejects.toThrow('not allowed here');
    expect(store.getState().linkAsks).toBe(false);
  });
});

describe('the width of the network', () => {
  const software: EngineReport = { name: 'wasm', reason: 'chosen' };
  const { width: _, ...improved } = improvedRecipe;

  beforeEach(() => {
    fakeBrowser();
  });
  afterEach(() => vi.unstubAllGlobals());

  function clientOn(recipe: Recipe, widthIsGiven: boolean) {
    const store = createWorkbenchStore(recipe, 'auto');
    store.setState({ engine: software });
    const client = createClient(() => ({}) as Worker, store, widthIsGiven);
    return { client, width: () => store.getState().recipe.width };
  }

  it('comes with a preset that has one, and follows the machine again after it', () => {
    const { client, width } = clientOn({ ...seedRecipe, width: 0.5 }, true);
    client.setRecipe(improved);
    expect(width()).toBe(0.5);
    client.setRecipe(quickRecipe);
    expect(width()).toBe(quickRecipe.width);
    client.setRecipe(improved);
    expect(width()).toBe(0.25);
  });

  it('of such a preset can be another by hand', () => {
    const { client, width } = clientOn({ ...seedRecipe, width: 0.25 }, false);
    client.setRecipe({ ...quickRecipe, width: 0.125 });
    expect(width()).toBe(0.125);
    client.setRecipe(quickRecipe);
    expect(width()).toBe(quickRecipe.width);
  });
});
