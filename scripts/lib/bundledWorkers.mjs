import { readFile, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { build } from 'vite';
import { inProject } from './paths.mjs';
import { isolationHeaders } from './securityHeaders.mjs';

const MIME_TYPES = /** @type {Record<string, string>} */ ({
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
});

/**
 * Serves these workers below `/bundled-workers/`, each bundled as the built site has it: a test that
 * starts hundreds of them cannot have the browser fetch every module each time. They are built when
 * the first one is asked for.
 *
 * @param {Readonly<Record<string, string>>} entries names, and their modules from the project's folder
 * @returns {import('vite').Plugin}
 */
export function bundledWorkers(entries) {
  const folder = inProject(`node_modules/.cache/workbench-workers-${process.pid}`);
  /** @type {Promise<unknown> | undefined} */
  let built;
  return {
    name: 'bundled-workers',
    configureServer(server) {
      server.middlewares.use('/bundled-workers', async (request, response, next) => {
        try {
          built ??= bundleWorkers(entries, folder);
          await built;
          const path = new URL(request.url ?? '/', 'http://localhost').pathname;
          const bytes = await readFile(join(folder, path));
          const type = MIME_TYPES[extname(path)] ?? 'application/octet-stream';
          // Hundreds of workers are started from them: the browser need not fetch, nor compile, them anew.
          const kept = { 'Cache-Control': 'max-age=86400, immutable' };
          response.writeHead(200, { ...isolationHeaders, ...kept, 'Content-Type': type });
          response.end(bytes);
        } catch (error) {
          next(error);
        }
      });
    },
    async buildEnd() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * @param {Readonly<Record<string, string>>} entries names, and their modules from the project's folder
 * @param {string} folder
 */
export function bundleWorkers(entries, folder) {
  const input = Object.fromEntries(
    Object.entries(entries).map(([name, path]) => [name, inProject(path)]),
  );
  return build({
    ...{ configFile: false, logLevel: 'error', publicDir: false, base: './' },
    worker: { format: 'es' },
    build: {
      ...{ outDir: folder, emptyOutDir: true, target: 'es2023' },
      ...{ assetsInlineLimit: 0, chunkSizeWarningLimit: 5000 },
      modulePreload: false,
      rolldownOptions: { input, output: { entryFileNames: '[name].js' } },
    },
  });
}
