import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cacheName } from '../protocol/siteProtocol.ts';
import { deferred } from '../util/deferred.ts';
import { KeptFiles } from './keptFiles.ts';

const siteUrl = `${location.origin}/kept-files-test/`;
const url = (path: string) => new URL(path, siteUrl).href;
const cacheOf = (version: string) => cacheName(siteUrl, version);

/** A version of the site; `newer` is one that is on its way to take its place. */
function versionOf(version: string, newer: Partial<ServiceWorkerRegistration> = {}): KeptFiles {
  const site = { files: { './': '', 'icon.png': '' }, mnist: {}, mnistVersion: '1', headers: {} };
  const registration = { scope: siteUrl, installing: null, waiting: null, ...newer };
  return new KeptFiles({ ...site, version }, registration as ServiceWorkerRegistration);
}

async function keep(version: string, path: string): Promise<void> {
  const cache = await caches.open(cacheOf(version));
  await cache.put(url(path), new Response(version));
}

const read = async (kept: KeptFiles, path: string) => (await kept.find(url(path)))?.text();
const isThere = (version: string) => caches.has(cacheOf(version));
const clear = async () => {
  for (const name of await caches.keys()) await caches.delete(name);
};

beforeEach(clear);
afterEach(clear);
afterEach(() => vi.restoreAllMocks());

describe('the files of a version', () => {
  it('are its own, though an older version has some of the same name', async () => {
    await keep('old', 'icon.png');
    await keep('new', 'icon.png');
    expect(await read(versionOf('new'), 'icon.png')).toBe('new');
    expect(await read(versionOf('old'), 'icon.png')).toBe('old');
    expect(await read(versionOf('newest'), 'icon.png')).toBeUndefined();
  });

  it('are those of any version where the name tells the content', async () => {
    await keep('old', 'assets/index-1a2b.js');
    expect(await read(versionOf('new'), 'assets/index-1a2b.js')).toBe('old');
  });
});

describe('what no page uses', () => {
  it('is deleted, and what one uses is not', async () => {
    for (const version of ['old', 'used', 'own']) await keep(version, './');
    await navigator.locks.request(cacheOf('used'), { mode: 'shared' }, () =>
      versionOf('own').deleteUnused(),
    );
    expect(await Promise.all(['old', 'used', 'own'].map(isThere))).toEqual([false, true, true]);
  });

  it.each(['installing', 'waiting'])('stays while a newer version is %s', async (stage) => {
    await keep('newer', './');
    await versionOf('own', { [stage]: {} }).deleteUnused();
    expect(await isThere('newer')).toBe(true);
  });

  it('stays where its files are being fetched, though nobody has said that it is installing', async () => {
    const fetched = deferred<void>();
    vi.spyOn(globalThis, 'fetch').mockImplementation(async () => {
      await fetched.promise;
      return new Response('fetched');
    });
    await keep('newer', 'icon.png');
    const keeping = versionOf('newer').keepApp();
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
    await versionOf('own').deleteUnused();
    fetched.resolve();
    await keeping;
    expect(await read(versionOf('newer'), './')).toBe('fetched');
  });
});
