import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { ensureKernels } from '../lib/buildKernels.mjs';
import { embedZip } from '../lib/embed.mjs';
import { inProject } from '../lib/paths.mjs';

/** @typedef {import('../../src/domain/runs/weightsFormat.ts').WeightsFormat} WeightsFormat */
/** @typedef {import('../../src/formats/weights/weightsFile.ts').WeightsFile} WeightsFile */
/** @typedef {(file: string, bytes: Uint8Array, format: WeightsFormat) => Promise<WeightsFile>} Convert */

/** A test holds them to the page's own. @type {readonly WeightsFormat[]} */
export const convertFormats = ['safetensors', 'onnx', 'pytorch', 'tfjs', 'embed'];

/**
 * Hands out the page's own readers and writers of model files, bundled for Node; afterwards nothing of them
 * is left on the disk.
 * @template T
 * @param {(convert: Convert) => Promise<T>} use
 */
export async function withConvert(use) {
  await ensureKernels();
  const cache = inProject('node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'workbench-convert-'));
  try {
    await build({
      ...{ configFile: false, logLevel: 'error', publicDir: false, root: inProject('scripts') },
      ssr: { noExternal: true },
      build: {
        ...{ ssr: inProject('scripts/convert/convert.ts'), outDir: folder, target: 'node20' },
        emptyOutDir: false,
        rolldownOptions: { output: { entryFileNames: 'convert.mjs' } },
      },
    });
    /** @type {typeof import('./convert.ts')} */
    const { convert } = await import(pathToFileURL(join(folder, 'convert.mjs')).href);
    const bytes = await readFile(inProject('src/engine/wasm/generated/kernels.wasm'));
    const kernels = await WebAssembly.compile(bytes);
    return await use((file, content, format) => convert(file, content, format, kernels, embedZip));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
