import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What the built site is made of, and by: whole folders, so that nothing can be forgotten that a build
 * comes to read. A test follows the imports.
 */
export const buildSources = [
  ...['src', 'public', 'index.html', 'scripts/lib', 'vite.config.ts', 'tsconfig.json'],
  ...['package.json', 'package-lock.json'],
];

/** Made of other sources: the kernels, by scripts/lib/buildKernels.mjs. */
const generatedFolder = 'generated';

/**
 * A hash over the names and contents of all files under these paths; tests are none.
 * @param {string} folder
 * @param {readonly string[]} [sources] relative to it
 */
export async function fingerprint(folder, sources = buildSources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of await filesUnder(folder, source)) {
      hash.update(path).update('\0');
      hash.update(await readFile(join(folder, path))).update('\0');
    }
  }
  return hash.digest('hex');
}

/** @param {string} folder @param {string} path @returns {Promise<string[]>} */
async function filesUnder(folder, path) {
  const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  const sorted = entries
    .filter(({ name }) => !name.includes('.test.') && !name.startsWith('.'))
    .filter(({ name }) => name !== generatedFolder)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const nested = await Promise.all(
    sorted.map((entry) => {
      const child = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(folder, child) : [child];
    }),
  );
  return nested.flat();
}
