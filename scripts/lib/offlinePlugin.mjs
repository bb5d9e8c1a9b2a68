import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { embedZip } from './embed.mjs';
import { finishSite, versionMeta } from './offlineSite.mjs';
import { inProject } from './paths.mjs';
import { isolationHeaders, metaPolicy } from './securityHeaders.mjs';

/** What goes into pages of one's own, without weights. */
const embedFile = 'embed.zip';

/**
 * For builds: the policy goes into the page, for hosts that send no headers, and a service worker
 * that knows every built file goes beside it.
 * @returns {import('vite').Plugin}
 */
export function offlinePlugin() {
  return {
    name: 'workbench-offline',
    transformIndexHtml: (_, { server }) =>
      server
        ? []
        : [
            // First of all, so that it rules whatever follows.
            metaTag({ 'http-equiv': 'Content-Security-Policy', content: metaPolicy }),
            metaTag({ name: 'referrer', content: isolationHeaders['Referrer-Policy'] }),
            metaTag(versionMeta),
          ],
    // In development it is made when it is asked for.
    configureServer({ middlewares }) {
      middlewares.use(`/${embedFile}`, (_, response, next) => {
        embedZip().then((zip) => response.end(zip), next);
      });
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }) {
        if (!dir) return;
        await writeFile(join(dir, embedFile), await embedZip());
        await finishSite(dir, await serviceWorkerCode());
      },
    },
  };
}

/** @param {Record<string, string>} attrs @returns {import('vite').HtmlTagDescriptor} */
function metaTag(attrs) {
  return { tag: 'meta', attrs, injectTo: 'head-prepend' };
}

/** One script without imports, as service workers are understood everywhere. */
async function serviceWorkerCode() {
  const built = await build({
    ...{ configFile: false, logLevel: 'error', publicDir: false },
    build: {
      ...{ write: false, target: 'es2023' },
      rolldownOptions: {
        input: inProject('src/serviceWorker/serviceWorker.ts'),
        output: { format: 'iife' },
      },
    },
  });
  const [result] = [built].flat();
  if (!result || !('output' in result)) throw new Error('The service worker was not built.');
  return result.output[0].code;
}
