import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mnistFiles, prepareMnist } from './prepareMnist.mjs';

const content = Buffer.from('the bytes of a small IDX file');
const files = [{ name: 'digits', idxSha256: createHash('sha256').update(content).digest('hex') }];

describe('prepareMnist', () => {
  /** @type {string} */
  let source;
  /** @type {string} */
  let target;

  beforeEach(async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    source = await mkdtemp(join(tmpdir(), 'workbench-mnist-'));
    target = join(source, 'served');
    await writeFile(join(source, 'digits'), content);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(source, { recursive: true });
  });

  it('writes each file gzipped, and a manifest with the sizes that travel', async () => {
    await prepareMnist({ source, target, files });

    const gzipped = await readFile(join(target, 'digits.gz'));
    expect(gunzipSync(gzipped)).toEqual(content);
    expect(JSON.parse(await readFile(join(target, 'manifest.json'), 'utf8'))).toEqual({
      name: 'MNIST',
      files: [
        {
          name: 'digits',
          path: 'digits.gz',
          bytes: gzipped.byteLength,
          sha256: createHash('sha256').update(gzipped).digest('hex'),
        },
      ],
    });
    expect((await readdir(target)).sort()).toEqual(['digits.gz', 'manifest.json']);
  });

  it('leaves prepared files alone', async () => {
    await prepareMnist({ source, target, files });
    const before = await stat(join(target, 'digits.gz'));

    await prepareMnist({ source, target, files });

    expect((await stat(join(target, 'digits.gz'))).mtimeMs).toBe(before.mtimeMs);
  });

  it.each(['digits.gz', 'manifest.json'])('makes %s anew where it is cut off', async (name) => {
    await prepareMnist({ source, target, files });
    const whole = await readFile(join(target, name));
    await writeFile(join(target, name), whole.subarray(0, 10));

    await prepareMnist({ source, target, files });

    expect(await readFile(join(target, name))).toEqual(whole);
  });

  it('refuses a file with another hash and serves nothing', async () => {
    await writeFile(join(source, 'digits'), 'other bytes');

    await expect(prepareMnist({ source, target, files })).rejects.toThrow(/digits is damaged.*SHA/);

    expect(await readdir(target)).toEqual([]);
  });

  it('says which file is missing', async () => {
    await rm(join(source, 'digits'));

    await expect(prepareMnist({ source, target, files })).rejects.toThrow(/digits is not in/);
  });

  it('pins the four files of MNIST', () => {
    expect(mnistFiles.map(({ name }) => name)).toEqual([
      'train-images-idx3-ubyte',
      'train-labels-idx1-ubyte',
      't10k-images-idx3-ubyte',
      't10k-labels-idx1-ubyte',
    ]);
  });
});
