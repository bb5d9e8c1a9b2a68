import { importerOf } from '../util/trustedTypes.ts';
import { siteName } from './siteName.ts';

/**
 * Starts the training worker, under the policy that the page has. A worker has the one that came with its
 * script: none from a host that sends no headers, on the first visit, before the service worker adds them. One
 * that begins with a text of the page has the page's. A page that is isolated came with our headers.
 */
export function startWorker(scriptUrl: string): Worker {
  const url = crossOriginIsolated ? scriptUrl : importerOf(scriptUrl);
  // It names by its own name what it keeps.
  return new Worker(url, { type: 'module', name: siteName() });
}
