import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { build, runnerImport } from 'vite';
import { ensureKernels } from './buildKernels.mjs';
import { inProject } from './paths.mjs';

/** @typedef {{ name: string, bytes: Uint8Array }} EmbedFile */

/** All that goes into a page of one's own but the weights, gzipped file by file. */
export const MOST_EMBED_BYTES = 60_000;

const ENTRY = 'predict.js';

/**
 * The files that make a network one for any page; its weights come beside them. No package is in the module, so
 * that nobody's licence has to go with it.
 * @returns {Promise<EmbedFile[]>}
 */
export async function embedFiles() {
  await ensureKernels();
  const example = ['index.html', 'example.js', 'README.md'].map(async (name) => ({
    name,
    bytes: await readFile(inProject(`scripts/embed/${name}`)),
  }));
  const kernels = await readFile(inProject('src/engine/wasm/generated/kernels.wasm'));
  return [
    { name: ENTRY, bytes: new TextEncoder().encode(await moduleCode()) },
    { name: 'kernels.wasm', bytes: kernels },
    ...(await Promise.all(example)),
  ];
}

/** The same as one file, which the site serves. The same files make the same zip. */
export async function embedZip() {
  const entries = (await embedFiles()).map(
    ({ name, bytes }) => /** @type {const} */ ([name, Uint8Array.from(bytes)]),
  );
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: new Date(1980, 0, 2) });
}

/** @param {readonly EmbedFile[]} files */
export function embedBytes(files) {
  return files.reduce((sum, { bytes }) => sum + gzipSync(bytes).length, 0);
}

/** One file. Schemas of what the workbench reads are left out: nothing here is held against them. */
async function moduleCode() {
  const built = await build({
    ...{ configFile: false, logLevel: 'error', publicDir: false, root: inProject('src') },
    plugins: [fewTexts()],
    build: {
      ...{ write: false, target: 'es2023', minify: true, modulePreload: false },
      rolldownOptions: {
        input: inProject('src/embed/predict.ts'),
        preserveEntrySignatures: 'strict',
        treeshake: { moduleSideEffects: false, manualPureFunctions: ['v'] },
        output: { format: 'es', entryFileNames: ENTRY, codeSplitting: false },
      },
    },
  });
  const [result] = [built].flat();
  if (!result || !('output' in result)) throw new Error('The module to embed was not built.');
  const [code, ...more] = result.output;
  if (more.length > 0) throw new Error(`The module to embed came in ${1 + more.length} files.`);
  for (const [id, { renderedLength }] of Object.entries(code.modules)) {
    if (renderedLength > 0 && id.includes('node_modules')) {
      throw new Error(`${id} would be embedded, and its licence would have to go with it.`);
    }
  }
  return code.code;
}

/** Of the sentences those alone that an engine says: the others are of files and stores. */
const SAID = /^(engine|wait)[.]/;

/** @returns {import('vite').Plugin} */
function fewTexts() {
  return {
    name: 'workbench-embed-texts',
    enforce: 'pre',
    async load(id) {
      const table = /\/util\/(errorTexts|phraseTexts)[.]ts$/.exec(id)?.[1];
      if (!table) return null;
      const { module } = await runnerImport(id, { configFile: false, logLevel: 'error' });
      /** @type {Record<string, string>} */
      const texts = module[table];
      const few = Object.entries(texts).filter(([code]) => SAID.test(code));
      return `export const ${table} = ${JSON.stringify(Object.fromEntries(few))};`;
    },
  };
}
