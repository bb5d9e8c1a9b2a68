import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inProject } from '../scripts/lib/paths.mjs';

/** What must arrive before a run can train, in the built site. */

const MOST_KB = 120;
const assets = inProject('dist/assets');

const oneNamed = async (name: string): Promise<string> => {
  const found = (await readdir(assets)).filter((file) =>
    new RegExp(`^${name}-[\\w-]{8}[.]js$`).test(file),
  );
  expect(found, name).toHaveLength(1);
  return found[0] ?? '';
};

/** The file and all that it imports, but what it imports when it is asked for. */
async function withImports(file: string, seen = new Map<string, string>()) {
  if (seen.has(file)) return seen;
  const code = await readFile(join(assets, file), 'utf8');
  seen.set(file, code);
  for (const [, imported = ''] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+[.]js)["']/g)) {
    await withImports(imported, seen);
  }
  return seen;
}

/** By the name of a flag that its engines read. */
const isTensorflow = (code: string): boolean => code.includes('WEBGL_VERSION');

describe.each([
  ['wasm', 'threadedBackend'],
  ['webgpu', 'compiledBackend'],
])("the worker's code before it trains on %s", (_, backend) => {
  it(`is at most ${MOST_KB} kB, gzipped, and none of it TensorFlow.js`, async () => {
    const files = await withImports(await oneNamed('entry'));
    const later = await oneNamed(backend);
    expect([...files.values()].some((code) => code.includes(`./${later}`))).toBe(true);
    await withImports(later, files);
    const bytes = [...files.values()].map((code) => gzipSync(code).length);
    expect(bytes.reduce((sum, each) => sum + each, 0) / 1000).toBeLessThanOrEqual(MOST_KB);
    expect([...files].filter(([, code]) => isTensorflow(code)).map(([file]) => file)).toEqual([]);
  });
});

describe('TensorFlow.js', () => {
  it('is in the built site, for whoever asks for it', async () => {
    const files = await withImports(await oneNamed('tapeBackend'));
    expect([...files.values()].some(isTensorflow)).toBe(true);
  });
});
