import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDataFiles } from './dataFiles.mjs';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

describe('what --data names', () => {
  /** @type {string} */
  let folder;
  /** @param {string} path @param {Uint8Array} content */
  const put = async (path, content) => {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-data-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are all files of a folder, each called by the folders that it lies in', async () => {
    for (const path of ['train/cat/2.png', 'train/cat/1.png', 'test/ox/3.png', 'classes.txt']) {
      await put(path, png);
    }
    const name = basename(folder);
    const found = ['classes.txt', 'test/ox/3.png', 'train/cat/1.png', 'train/cat/2.png'];
    expect(await findDataFiles([`${folder}/`])).toEqual(
      found.map((path) => ({ path: join(folder, path), name: `${name}/${path}` })),
    );
  });

  it('are several files, and IDX files alone of a folder that has these', async () => {
    await put('a/images', Buffer.from([0, 0, 8, 3, 0, 0, 0, 0]));
    await put('a/notes.txt', png);
    await put('b.csv', png);
    const found = await findDataFiles([join(folder, 'a'), join(folder, 'b.csv')]);
    expect(found.map(({ name }) => name)).toEqual(['images', 'b.csv']);
  });

  it('is refused where nothing is there', async () => {
    await mkdir(join(folder, 'empty'));
    await expect(findDataFiles([join(folder, 'empty')])).rejects.toThrow(/has no files/);
    await expect(findDataFiles([join(folder, 'x')])).rejects.toThrow(/There is no file/);
  });
});
