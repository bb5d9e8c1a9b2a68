import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSources, fingerprint } from './fingerprint.mjs';
import { inProject } from './paths.mjs';

describe('the fingerprint of sources', () => {
  /** @type {string} */
  let folder;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-fingerprint-'));
    await write('src/a/one.ts', '1');
    await write('package.json', '{}');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const write = async (/** @type {string} */ path, /** @type {string} */ text) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const now = () => fingerprint(folder, ['src', 'package.json']);

  it.each([
    ['content', () => write('src/a/one.ts', '2')],
    ['file', () => write('src/a/two.ts', '')],
    ['name', () => rename(join(folder, 'src/a/two.ts'), join(folder, 'src/a/three.ts'))],
    ['manifest', () => write('package.json', '{ }')],
  ])('is another one with another %s', async (_, change) => {
    const before = await now();
    expect(await now()).toBe(before);
    await change();
    expect(await now()).not.toBe(before);
  });

  it.each(['src/a/one.test.ts', 'src/.hidden', 'src/generated/kernels.wasm', 'README.md'])(
    'is the same with another %s',
    async (path) => {
      const before = await now();
      await write(path, 'anything');
      expect(await now()).toBe(before);
    },
  );
});

describe('what the build reads', () => {
  it('is all among its sources, as far as imports lead', async () => {
    /** @type {Set<string>} */
    const seen = new Set();
    const sources = await readdir(inProject('src'), { recursive: true });
    const isCode = (/** @type {string} */ path) => /[.](ts|tsx|mjs)$/.test(path);
    const open = sources
      .map((path) => `src/${path.replaceAll('\\', '/')}`)
      .filter((path) => isCode(path) && !path.includes('.test.') && !path.includes('/testing/'));
    open.push('vite.config.ts');
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      if (!isCode(path) || path.includes('/generated/')) continue;
      const code = await readFile(inProject(path), 'utf8');
      for (const [, to = ''] of code.matchAll(/(?:from|import)\s*\(?\s*'([.][^'?]+)/g)) {
        // AssemblyScript leaves the ending out.
        const found = normalize(join(dirname(path), to)).replaceAll('\\', '/');
        open.push(/[.]\w+$/.test(found) ? found : `${found}.ts`);
      }
    }
    expect(seen).toContain('scripts/lib/buildKernels.mjs');
    const isSource = (/** @type {string} */ path) =>
      buildSources.some((source) => path === source || path.startsWith(`${source}/`));
    expect([...seen].filter((path) => !isSource(path))).toEqual([]);
  });
});
