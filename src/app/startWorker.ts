import { importerOf } from '../util/trustedTypes.ts';
import { siteName } from './siteName.ts';

/** Starts the training worker, under the policy that the page has. */
export function startWorker(scriptUrl: string): Worker {
  // It names by its own name what it keeps.
  return new Worker(importerOf(scriptUrl), { type: 'module', name: siteName() });
}
