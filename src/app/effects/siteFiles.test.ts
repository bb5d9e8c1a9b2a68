import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { createWorkbenchStore } from '../store.ts';
import { startEffects } from './effect.ts';
import { keepSite } from './siteFiles.ts';
import { type FakeBrowser, fakeBrowser } from './testing/fakeBrowser.ts';

/** With a real service worker it is tested in e2e/offline.test.ts. */
describe('the service worker', () => {
  let browser: FakeBrowser;
  const told: unknown[] = [];
  beforeEach(() => {
    vi.stubEnv('PROD', true);
    browser = fakeBrowser();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    expect(told).toEqual([]);
  });
  const open = async () => {
    const store = createWorkbenchStore(seedRecipe, 'auto');
    startEffects(store, [keepSite], (_, failure) => told.push(failure));
    await new Promise((resolve) => setTimeout(resolve));
  };

  it('is registered once the files of this version are held', async () => {
    await open();
    expect(browser.calls).toEqual([
      'hold workbench https://workbench.test/ version 1',
      'register ./serviceWorker.js',
    ]);
  });

  it('is not there while developing', async () => {
    vi.stubEnv('PROD', false);
    await open();
    expect(browser.calls).toEqual([]);
  });

  const absent: [string, () => unknown][] = [
    ['over http', () => delete browser.navigator.serviceWorker],
    [
      'in a private window',
      () => {
        const register = () => Promise.reject(new DOMException('not here', 'SecurityError'));
        Object.assign(browser.navigator.serviceWorker ?? {}, { register });
      },
    ],
  ];
  it.each(absent)('is missed by nobody %s', async (_, prepare) => {
    prepare();
    await open();
    expect(browser.calls).not.toContain('register ./serviceWorker.js');
  });
});
