import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findIdxFiles } from './idxFiles.mjs';

const idx = Buffer.from([0, 0, 8, 1, 0, 0, 0, 0]);
const gzip = gzipSync(idx);

describe('findIdxFiles', () => {
  /** @type {string} */
  let folder;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-idx-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('knows IDX files by their first bytes and prefers raw ones', async () => {
    await writeFile(join(folder, 'images'), idx);
    await writeFile(join(folder, 'images.gz'), gzip);
    await writeFile(join(folder, 'labels.gz'), gzip);
    await writeFile(join(folder, 'README'), 'about');
    await writeFile(join(folder, 'table.csv.gz'), gzipSync('1,2'));
    await writeFile(join(folder, 'empty'), '');

    expect(await findIdxFiles(folder)).toEqual([join(folder, 'images'), join(folder, 'labels.gz')]);
  });

  it('finds none where there are none, and refuses a folder that is not there', async () => {
    expect(await findIdxFiles(folder)).toEqual([]);
    await expect(findIdxFiles(join(folder, 'x'))).rejects.toThrow(/cannot be read/);
  });
});
