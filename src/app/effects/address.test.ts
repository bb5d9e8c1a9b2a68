import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { createWorkbenchStore, type WorkbenchStore } from '../store.ts';
import { keepAddress } from './address.ts';
import { startEffects } from './effect.ts';
import { type FakeBrowser, fakeBrowser } from './testing/fakeBrowser.ts';

/** Safari's: more changes within 30 seconds throw. */
const MOST_CHANGES = 100;
const WITHIN_MS = 30_000;

describe('the address', () => {
  let store: WorkbenchStore;
  let browser: FakeBrowser;
  let choose: (language: string) => void;
  const failures: unknown[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    failures.length = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    expect(failures).toEqual([]);
  });

  const open = (address: string) => {
    browser = fakeBrowser(address);
    store = createWorkbenchStore(seedRecipe, 'auto');
    const languages = (react: (language: string) => void) => {
      choose = react;
      return () => undefined;
    };
    startEffects(store, [keepAddress(languages)], (_, failure) => failures.push(failure));
  };
  const rest = () => vi.advanceTimersByTime(1000);
  const setBatch = (batchSize: number) =>
    store.setState(({ recipe }) => ({ recipe: { ...recipe, batchSize } }));

  it('follows the recipe and the language once they rest, each without losing the other', () => {
    open('https://workbench.test/?utm_source=mail#draw');
    setBatch(64);
    choose('zh-Hant');
    store.setState({ engineChoice: 'wasm' });
    expect(browser.calls).toEqual([]);
    rest();
    expect(browser.location.href).toBe(
      `https://workbench.test/?batch=64&engine=wasm&width=1&utm_source=mail&lang=zh-Hant#draw`,
    );
    expect(browser.calls).toHaveLength(1);
  });

  it('stays within what browsers allow while an arrow key is held for a minute', () => {
    open('https://workbench.test/');
    const changes: number[] = [];
    browser.history.replaceState = (_state, _title, url) => {
      const now = Date.now();
      changes.push(now);
      if (changes.filter((at) => now - at < WITHIN_MS).length > MOST_CHANGES) {
        throw new DOMException('Attempt to use history.replaceState() more than 100 times');
      }
      browser.location.href = String(url);
    };
    for (let i = 0; i < 60 * 30; i++) {
      setBatch(1 + i);
      vi.advanceTimersByTime(1000 / 30);
    }
    rest();
    expect(browser.location.search).toBe('?batch=1800&width=1');
  });

  it('is up to date when the page is left at once', () => {
    open('https://workbench.test/');
    setBatch(64);
    browser.window.dispatchEvent(new Event('pagehide'));
    expect(browser.location.search).toBe('?batch=64&width=1');
    rest();
    expect(browser.calls).toHaveLength(1);
  });

  it('asks for training until the page is open, and not at the next reload', () => {
    open('https://workbench.test/?train=1&lang=en');
    rest();
    expect(browser.location.search).toBe('?train=1&lang=en');
    store.setState({ phase: 'failed' });
    rest();
    expect(browser.location.search).toBe('?train=1&lang=en');
    store.setState({ phase: 'idle' });
    rest();
    expect(browser.location.search).toBe('?lang=en');
  });

  it('is left as it was written where nothing changes', () => {
    open('https://workbench.test/?note=a%20b&batch=64');
    store.setState({ phase: 'idle' });
    rest();
    expect(browser.calls).toEqual([]);
  });
});
