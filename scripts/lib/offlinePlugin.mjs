import { build } from 'vite';
import { finishSite, versionMeta } from './offlineSite.mjs';
import { inProject } from './paths.mjs';
import { isolationHeaders, metaPolicy } from './securityHeaders.mjs';

/**
 * For builds: the policy goes into the page, for hosts that send no headers, and a service worker
 * that knows every built file goes beside it.
 * @returns {import('vite').Plugin}
 */
export function offlinePlugin() {
  return {
    name: 'workbench-offline',
    apply: 'build',
    transformIndexHtml: () => [
      // First of all, so that it rules whatever follows.
      metaTag({ 'http-equiv': 'Content-Security-Policy', content: metaPolicy }),
      metaTag({ name: 'referrer', content: isolationHeaders['Referrer-Policy'] }),
      metaTag(versionMeta),
    ],
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }) {
        if (dir) await finishSite(dir, await serviceWorkerCode());
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
