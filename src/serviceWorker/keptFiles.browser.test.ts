import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cacheName } from '../protocol/siteProtocol.ts';
import { deferred } from '../util/deferred.ts';
import { type BuiltSite, isDeployed, KeptFiles } from './keptFiles.ts';

const siteUrl = `${location.origin}/kept-files-test/`;
const url = (path: string) => new URL(path, siteUrl).href;
const cacheOf = (version: string) => cacheName(siteUrl, version);

/** A version of the site; `newer` is one that is on its way to take its place. */
function versionOf(
  version: string,
  newer: Partial<ServiceWorkerRegistration> = {},
  mnist: BuiltSite['mnist'] = {},
): KeptFiles {
  const site = { files: { './': '', 'icon.png': '' }, mnist, mnistVersion: '1', headers: {} };
  const registration = { scope: siteUrl, installing: null, waiting: null, ...newer };
  return new KeptFiles({ ...site, version }, registration as ServiceWorkerRegistration);
}

async function keep(version: string, path: string): Promise<void> {
  const cache = await caches.open(cacheOf(version));
  await cache.put(url(path), new Response(version));
}

const read = async (kept: KeptFiles, path: string) => (await kept.find(url(path)))?.text();
const isThere = (version: string) => caches.has(cacheOf(version));
const integrityOf = async (text: string) => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
};
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
    await expect.poll(() => fetch).toHaveBeenCalled();
    await versionOf('own').deleteUnused();
    fetched.resolve();
    await keeping;
    expect(await read(versionOf('newer'), './')).toBe('fetched');
  });
});

describe('a file of MNIST', () => {
  const path = 'mnist/manifest.json';
  const right = '{"files":[]}';
  const inflated = 'inflated by the browser';
  const keeper = async () =>
    versionOf('own', {}, { [path]: [await integrityOf(right), await integrityOf(inflated)] });
  const kept = async (keeper: KeptFiles) => (await keeper.mnistFile(url(path)))?.text();
  const answer = (text: string, headers: Record<string, string> = {}) =>
    new Response(text, { headers });

  it('is kept as it is, and as it comes from a host that has it inflated on its way', async () => {
    const files = await keeper();
    for (const text of [right, inflated]) {
      await files.keepMnistFile(url(path), answer(text, { 'Content-Encoding': 'gzip' }));
      expect(await kept(files)).toBe(text);
    }
  });

  it.each([{}, { 'Content-Encoding': 'gzip' }, { 'Content-Encoding': 'br' }])(
    'is not kept where the host answers with a page of its own, sent with %o',
    async (headers) => {
      const files = await keeper();
      await files.keepMnistFile(url(path), answer('<!doctype html>Down for maintenance', headers));
      expect(await kept(files)).toBeUndefined();
    },
  );

  it('goes where it was kept wrongly, to be fetched once more', async () => {
    const cache = await caches.open(cacheName(siteUrl, 'mnist 1'));
    await cache.put(url(path), answer('<!doctype html>Down for maintenance'));
    const files = await keeper();
    expect(await kept(files)).toBeUndefined();
    await files.keepMnistFile(url(path), answer(right));
    expect(await kept(files)).toBe(right);
  });
});

describe('another page in the place of ours', () => {
  it('is counted from its first visit on, until ours is there again', async () => {
    const files = versionOf('own');
    expect(await files.noteStranger(1000)).toEqual({ sinceMs: 1000, visits: 1 });
    expect(await files.noteStranger(5000)).toEqual({ sinceMs: 1000, visits: 2 });
    await files.forgetStranger();
    expect(await files.noteStranger(9000)).toEqual({ sinceMs: 9000, visits: 1 });
  });
});

describe('a version on the host', () => {
  const begin = '<!doctype html><script type="module" src="./assets/index-1a2b.js"></script>';
  const page = new TextEncoder().encode(begin).buffer;
  const script = { 'Content-Type': 'text/javascript' };
  const html = { 'Content-Type': 'text/html; charset=utf-8' };
  const whole = async (): Promise<Record<string, Response>> => ({
    'site.json': Response.json({
      version: 'newer',
      files: { './': await integrityOf(begin), 'assets/index-1a2b.js': await integrityOf('code') },
    }),
    '': new Response(null, { headers: html }),
    'assets/index-1a2b.js': new Response('code', { headers: script }),
  });
  const asked = async (changes: Record<string, Response>, text = page) => {
    const answers = { ...(await whole()), ...changes };
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (request, { integrity } = {}) => {
      const found = answers[String(request).slice(siteUrl.length)]?.clone();
      if (!found) return new Response(null, { status: 404 });
      // As the browser does with what has another hash.
      const isOther = integrity && (await integrityOf(await found.clone().text())) !== integrity;
      if (isOther) throw new TypeError('Failed to fetch');
      return found;
    });
    const { signal } = new AbortController();
    return isDeployed(siteUrl, 'newer', text, signal).catch(() => false);
  };

  it('is there where all its files are', async () => {
    expect(await asked({})).toBe(true);
  });

  it.each<[string, Record<string, Response>]>([
    ['a script is missing', { 'assets/index-1a2b.js': new Response(null, { status: 404 }) }],
    [
      'a page answers for a script',
      { 'assets/index-1a2b.js': new Response(null, { headers: html }) },
    ],
    [
      'a script has other content',
      { 'assets/index-1a2b.js': new Response('x', { headers: script }) },
    ],
    ['its list is missing', { 'site.json': new Response(null, { status: 404 }) }],
    ['a page answers for its list', { 'site.json': new Response('<!doctype html>') }],
    ['its list is of another', { 'site.json': Response.json({ version: 'older', files: {} }) }],
  ])('is not where %s', async (_, changes) => {
    expect(await asked(changes)).toBe(false);
  });

  it('is not where the page ends early', async () => {
    expect(await asked({}, page.slice(0, 5))).toBe(false);
  });
});
