import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { licencesText } from './licences.mjs';
import { copiedPackages, placeOf, placesOf } from './shippedPackages.mjs';

describe('the licences', () => {
  /** @type {string} */
  let parent;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'workbench-licences-'));
  });
  afterEach(() => rm(parent, { recursive: true }));

  /** @param {string} name @param {string} license @param {Record<string, string>} [files] */
  const packageOf = async (name, license, files = {}) => {
    const folder = join(parent, name);
    await mkdir(folder, { recursive: true });
    const manifest = JSON.stringify({ name, version: '1.0.0', license });
    await writeFile(join(folder, 'package.json'), manifest);
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    return folder;
  };

  it('are each under the name and version of its package, with its notice', async () => {
    const text = await licencesText([
      await packageOf('b', 'MIT', { 'LICENSE.md': 'Do with b\r\nas you like.' }),
      await packageOf('a', 'Apache-2.0', { 'LICENCE.txt': 'The terms of a.', NOTICE: 'By A.' }),
    ]);
    expect(text).toMatch(/a 1\.0\.0 \(Apache-2\.0\)\n-+\n\nThe terms of a\.\n\nBy A\.\n/);
    expect(text).toMatch(/b 1\.0\.0 \(MIT\)\n-+\n\nDo with b\nas you like\.\n/);
    expect(text.indexOf('a 1.0.0')).toBeLessThan(text.indexOf('b 1.0.0'));
  });

  it('stand there once where they are the same', async () => {
    const files = { LICENSE: 'The very same.' };
    const folders = [await packageOf('d', 'ISC', files), await packageOf('c', 'ISC', files)];
    const text = await licencesText(folders);
    expect(text).toMatch(/\nc 1\.0\.0 \(ISC\)\nd 1\.0\.0 \(ISC\)\n/);
    expect(text.match(/The very same/g)).toHaveLength(1);
  });

  it('are the standard texts, with the owner, of listed packages without one', async () => {
    const text = await licencesText([await packageOf('seedrandom', 'MIT')]);
    expect(text).toMatch(/Copyright 2019 David Bau\n\nPermission is hereby granted/);
  });

  it.each([
    ['unheard-of', 'MIT'],
    ['seedrandom', 'GPL-3.0'],
  ])('must be known: %s under %s is not shipped', async (name, license) => {
    const folder = await packageOf(name, license);
    await expect(licencesText([folder])).rejects.toThrow(`${name} (licence: ${license})`);
  });
});

describe('a module in a built file', () => {
  it.each([
    ['/home/me/app/node_modules/react/index.js', 'node_modules/react'],
    ['C:\\app\\node_modules\\@mantine\\core\\esm\\index.mjs', 'node_modules/@mantine/core'],
    ['/app/node_modules/a/node_modules/@b/c/x.js', 'node_modules/a/node_modules/@b/c'],
    ['/app/node_modules/tfjs/simd.wasm?url', 'node_modules/tfjs'],
    ['\0/app/node_modules/x/index.js?commonjs-module', 'node_modules/x'],
    ['\0vite/preload-helper.js', 'node_modules/vite'],
    ['/app/src/main.tsx', undefined],
    ['\0virtual', undefined],
  ])('%j is of %s', (id, place) => {
    expect(placeOf(id)).toBe(place);
  });

  it('adds its package once, beside what is copied into the site', () => {
    const ids = ['/app/node_modules/react/a.js', '/app/node_modules/react/b.js', '/app/src/a.ts'];
    expect(placesOf(ids)).toEqual([...copiedPackages, 'node_modules/react'].sort());
  });
});
