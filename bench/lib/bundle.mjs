import { rm } from 'node:fs/promises';
import { build } from 'vite';
import { inProject } from '../../scripts/lib/paths.mjs';

/**
 * Bundles the benchmarks for where they run. Both ways compile the very sources that the app is
 * built of; nothing here reads the app's own Vite configuration, which has React in it.
 */

/** @type {import('vite').InlineConfig} */
const common = {
  ...{ configFile: false, logLevel: 'error', publicDir: false },
  worker: { format: 'es' },
};

/**
 * Lends `use` a folder with a page: that of `root`, else the one that has `runBenchmark`.
 * @template T
 * @param {(folder: string) => Promise<T>} use
 * @param {string} [root]
 */
export function withPage(use, root = 'bench/page') {
  return inFolder(async (folder) => {
    await build({
      ...common,
      root: inProject(root),
      base: './',
      build: {
        ...{ outDir: folder, emptyOutDir: true, target: 'es2023' },
        ...{ assetsInlineLimit: 0, chunkSizeWarningLimit: 5000 },
      },
    });
    return use(folder);
  });
}

/**
 * Lends `use` the path of a module for Node that exports `benchmarks`. All packages are in it: each
 * of TensorFlow.js would else be the CommonJS bundle that it offers Node, with a core of its own.
 * @template T
 * @param {(path: string) => Promise<T>} use
 */
export function withNodeModule(use) {
  return inFolder(async (folder) => {
    await build({
      ...common,
      root: inProject('bench'),
      ssr: { noExternal: true },
      build: {
        ...{ outDir: folder, emptyOutDir: true, target: 'node20' },
        ssr: inProject('bench/lib/benchmarks.ts'),
        rolldownOptions: { output: { entryFileNames: 'benchmarks.mjs' } },
      },
    });
    return use(`${folder}/benchmarks.mjs`);
  });
}

/**
 * @template T
 * @param {(folder: string) => Promise<T>} use
 */
async function inFolder(use) {
  const folder = inProject(`node_modules/.cache/workbench-bench-${process.pid}`);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
