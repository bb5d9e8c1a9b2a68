import { afterEach, describe, expect, it, vi } from 'vitest';
import { findBrowser } from './findBrowser.mjs';

describe('findBrowser', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('takes the browser that CHROMIUM_PATH names', async () => {
    vi.stubEnv('CHROMIUM_PATH', process.execPath);

    expect(await findBrowser()).toBe(process.execPath);
  });

  it('says so where CHROMIUM_PATH leads nowhere', async () => {
    vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');

    await expect(findBrowser()).rejects.toThrow(/CHROMIUM_PATH is \/nowhere\/chromium/);
  });
});
