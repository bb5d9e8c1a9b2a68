import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFolder } from './replaceFolder.mjs';

describe('putting a new folder in the place of another', () => {
  /** @type {string} */
  let parent;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'workbench-replace-'));
    await write('dist', 'old');
    await write('dist.new', 'new');
  });
  afterEach(() => rm(parent, { recursive: true }));

  const write = async (/** @type {string} */ folder, /** @type {string} */ text) => {
    await mkdir(join(parent, folder));
    await writeFile(join(parent, folder, 'index.html'), text);
  };
  const page = () => readFile(join(parent, 'dist', 'index.html'), 'utf8');
  /** @param {(count: number) => string | undefined} codeOf of the failure of each rename, from 1 on */
  const replace = (codeOf) => {
    let count = 0;
    return replaceFolder(join(parent, 'dist'), join(parent, 'dist.new'), {
      rm,
      rename: async (from, to) => {
        const code = codeOf(++count);
        if (code) throw Object.assign(new Error(code), { code });
        await rename(from, to);
      },
    });
  };

  it('leaves the new one and nothing else', async () => {
    await replace(() => undefined);
    expect(await page()).toBe('new');
    expect(await readdir(parent)).toEqual(['dist']);
  });

  it('works where there was none', async () => {
    await rm(join(parent, 'dist'), { recursive: true });
    await replace(() => undefined);
    expect(await page()).toBe('new');
  });

  it.each([1, 2])('waits where rename %i is refused for a moment', async (refused) => {
    await replace((count) => (count >= refused && count < refused + 3 ? 'EPERM' : undefined));
    expect(await page()).toBe('new');
  });

  it.each([
    ['EXDEV', 1],
    ['EXDEV', 2],
    ['ENOSPC', 2],
    ['EPERM', 1],
    ['EPERM', 2],
  ])('leaves the old one where %s forbids rename %i', async (code, refused) => {
    const last = code === 'EPERM' ? refused + 9 : refused;
    const replacing = replace((count) => (count >= refused && count <= last ? code : undefined));
    await expect(replacing).rejects.toThrow(code);
    expect(await page()).toBe('old');
    expect((await readdir(parent)).sort()).toEqual(['dist', 'dist.new']);
  });
});
