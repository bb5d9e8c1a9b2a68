import { build } from 'vite';
import { inProject } from '../../scripts/lib/paths.mjs';
import { versionOf } from './packages.mjs';

/**
 * Bundles the benchmarks for where they run, of the very sources that the app is built of; nothing here
 * reads the app's own Vite configuration, which has React in it.
 */

/** @returns {Promise<import('vite').InlineConfig>} */
async function common() {
  const jaxVersion = await versionOf('jax');
  // What is not installed is not needed: who takes part is installed before.
  const external = jaxVersion ? [] : ['@jax-js/jax'];
  return {
    ...{ configFile: false, logLevel: 'error', publicDir: false },
    define: { JAX_VERSION: JSON.stringify(jaxVersion ?? 'not installed') },
    worker: { format: 'es', rolldownOptions: { external } },
    build: { target: 'es2023', chunkSizeWarningLimit: 5000, rolldownOptions: { external } },
  };
}

/** The page in which contestants run, or that of another folder. @param {string} folder */
export async function bundlePage(folder, root = 'bench/page') {
  const config = await common();
  await build({
    ...config,
    root: inProject(root),
    base: './',
    build: { ...config.build, outDir: folder, emptyOutDir: false, assetsInlineLimit: 0 },
  });
}

/**
 * A module for Node. All packages are in it: each of TensorFlow.js would else be the CommonJS bundle that
 * it offers Node, with a core of its own.
 * @param {string} folder
 * @param {string} entry of bench/, without its ending
 * @returns {Promise<string>} its path
 */
export async function bundleModule(folder, entry) {
  const config = await common();
  const name = `${entry.replaceAll('/', '-')}.mjs`;
  await build({
    ...config,
    root: inProject('bench'),
    ssr: { noExternal: true },
    build: {
      ...config.build,
      ...{ outDir: folder, emptyOutDir: false, target: 'node20' },
      ssr: inProject(`bench/${entry}.ts`),
      rolldownOptions: { ...config.build?.rolldownOptions, output: { entryFileNames: name } },
    },
  });
  return `${folder}/${name}`;
}
