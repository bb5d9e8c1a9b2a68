import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askForPersistence, askForPersistenceOnce } from './persistence.ts';
import { type FakeBrowser, fakeBrowser } from './testing/fakeBrowser.ts';

describe('that the browser keeps what is stored', () => {
  let browser: FakeBrowser;
  beforeEach(() => {
    browser = fakeBrowser();
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('is asked for once', async () => {
    expect(await askForPersistenceOnce()).toBe(true);
    expect(await askForPersistenceOnce()).toBeUndefined();
    expect(await askForPersistence()).toBe(true);
  });

  it('is asked for by a hand’s action alone', async () => {
    browser.navigator.userActivation = { isActive: false };
    expect(await askForPersistenceOnce()).toBeUndefined();
  });

  it('is not asked for where that cannot be remembered', async () => {
    vi.stubGlobal('localStorage', undefined);
    expect(await askForPersistenceOnce()).toBeUndefined();
  });

  it('is promised by nobody where there is nobody to ask, as over http', async () => {
    delete browser.navigator.storage;
    expect(await askForPersistenceOnce()).toBeUndefined();
    expect(await askForPersistence()).toBe(false);
  });
});
