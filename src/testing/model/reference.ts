import * as Comlink from 'comlink';
import type { Reference } from './referenceEntry.ts';

const startWorker = () =>
  Comlink.wrap<Reference>(new Worker('/bundled-workers/reference.js', { type: 'module' }));

const started = new Map<string, Comlink.Remote<Reference>>();

/**
 * One for each engine, for all sequences: it remembers nothing but its engine, and a GPU that were opened
 * anew for each question would have all its kernels compiled each time.
 */
export function referenceOn(engine: 'wasm' | 'webgpu'): Comlink.Remote<Reference> {
  const reference = started.get(engine) ?? startWorker();
  started.set(engine, reference);
  return reference;
}
