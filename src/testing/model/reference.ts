import * as Comlink from 'comlink';
import type { Reference } from './referenceEntry.ts';

/** One for all sequences: it remembers nothing. */
export const reference = Comlink.wrap<Reference>(
  new Worker('/bundled-workers/reference.js', { type: 'module' }),
);
