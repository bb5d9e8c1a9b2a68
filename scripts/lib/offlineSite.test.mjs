import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finishSite, serviceWorkerFile, siteFile } from './offlineSite.mjs';

const page = '<!doctype html><meta name="workbench-version" content=""><title>Page</title>';

describe('a finished site', () => {
  /** @type {string} */
  let parent;
  /** @type {string} */
  let folder;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'workbench-offline-'));
    folder = join(parent, 'site');
    await mkdir(join(folder, 'assets'), { recursive: true });
    await mkdir(join(folder, 'mnist'));
    await writeFile(join(folder, 'index.html'), page);
    await writeFile(join(folder, 'assets/index-D3bQ0aTz.js'), '');
    await writeFile(join(folder, 'mnist/labels.gz'), 'data');
    await writeFile(join(folder, '.sources'), 'hidden');
  });
  afterEach(() => rm(parent, { recursive: true }));

  const finished = async (site = folder) => {
    await finishSite(site, 'described = BUILT_SITE;');
    const sandbox = { described: /** @type {any} */ (undefined) };
    runInNewContext(await readFile(join(site, serviceWorkerFile), 'utf8'), sandbox);
    return sandbox.described;
  };

  it('lists the app and the data apart, the page under the address of its folder', async () => {
    const { files, mnist } = await finished();
    expect(Object.keys(files)).toEqual(['./', 'assets/index-D3bQ0aTz.js']);
    expect(files['assets/index-D3bQ0aTz.js']).toBe(
      'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', // of nothing
    );
    expect(Object.keys(mnist)).toEqual(['mnist/labels.gz']);
  });

  it('knows a gzip file as it is and as a browser inflates it on its way', async () => {
    await writeFile(join(folder, 'mnist/labels.gz'), gzipSync(''));
    const { mnist } = await finished();
    expect(mnist['mnist/labels.gz']).toEqual([
      expect.stringMatching(/^sha256-/),
      'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', // of nothing
    ]);
  });

  it('says beside the page what is deployed', async () => {
    const { version, files } = await finished();
    expect(JSON.parse(await readFile(join(folder, siteFile), 'utf8'))).toEqual({ version, files });
  });

  it('has its version in the page', async () => {
    const { version } = await finished();
    expect(await readFile(join(folder, 'index.html'), 'utf8')).toContain(
      `<meta name="workbench-version" content="${version}">`,
    );
  });

  it('has the same version wherever and however often it is finished', async () => {
    const copy = join(parent, 'copy');
    await cp(folder, copy, { recursive: true });
    const first = await finished();
    expect(await finished()).toEqual(first);
    expect(await finished(copy)).toEqual(first);
  });

  it.each(['index.html', 'assets/index-D3bQ0aTz.js', 'mnist/labels.gz'])(
    'has another version when %s differs by a byte',
    async (path) => {
      const { version } = await finished();
      await writeFile(join(folder, path), `${await readFile(join(folder, path), 'utf8')} `);
      expect((await finished()).version).not.toBe(version);
    },
  );

  it('is refused where the page has no place for the version', async () => {
    await writeFile(join(folder, 'index.html'), '<!doctype html>');
    await expect(finished()).rejects.toThrow(/place for the version/);
  });
});
