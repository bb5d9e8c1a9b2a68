import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedRecipe } from '../domain/recipe.ts';
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
