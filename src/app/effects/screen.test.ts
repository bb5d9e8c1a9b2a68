import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { createWorkbenchStore, type WorkbenchStore } from '../store.ts';
import { startEffects } from './effect.ts';
import { keepScreenOn } from './screen.ts';
import { type FakeBrowser, fakeBrowser } from './testing/fakeBrowser.ts';

describe('the screen', () => {
  let store: WorkbenchStore;
  let browser: FakeBrowser;
  let end: () => void;
  const failures: unknown[] = [];
  beforeEach(() => {
    browser = fakeBrowser();
    store = createWorkbenchStore(seedRecipe, 'auto');
    end = startEffects(store, [keepScreenOn], (_, failure) => failures.push(failure));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    expect(failures).toEqual([]);
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  const show = (visibilityState: 'visible' | 'hidden') => {
    browser.document.visibilityState = visibilityState;
    browser.document.dispatchEvent(new Event('visibilitychange'));
  };

  it('stays on while a run trains', async () => {
    store.setState({ phase: 'training' });
    await settled();
    expect(browser.calls).toEqual(['keep screen on']);
    store.setState({ phase: 'paused' });
    await settled();
    expect(browser.calls).toEqual(['keep screen on', 'let screen go']);
  });

  it('is asked for again when the tab is looked at again', async () => {
    store.setState({ phase: 'training' });
    show('hidden');
    await settled();
    show('visible');
    await settled();
    expect(browser.calls).toEqual(['keep screen on', 'let screen go', 'keep screen on']);
  });

  it('is let go at the end', async () => {
    store.setState({ phase: 'training' });
    end();
    await settled();
    expect(browser.calls).toEqual(['keep screen on', 'let screen go']);
  });

  it('is left alone where the browser cannot, or will not', async () => {
    browser.navigator.wakeLock = { request: () => Promise.reject(new Error('low battery')) };
    store.setState({ phase: 'training' });
    await settled();
    store.setState({ phase: 'idle' });
    delete browser.navigator.wakeLock;
    store.setState({ phase: 'training' });
    await settled();
    expect(browser.calls).toEqual([]);
  });
});
