import type { Open } from '../contestants/contestant.ts';
import { makeHost } from './host.ts';
import type { HostRequest } from './protocol.ts';

/**
 * The place where a contestant of the page runs: a worker, as the app's trainer does, which may sleep
 * while its threads work.
 */
const modules = import.meta.glob<{ open: Open }>([
  '../contestants/ours/{wasm,webgpu}.ts',
  '../contestants/tfjs/tfjs.ts',
  '../contestants/jax/jax.ts',
  '../contestants/probes/{simd,webgpu}.ts',
]);

const answer = makeHost({
  async read(path) {
    const response = await fetch(new URL(path, location.origin));
    if (!response.ok) throw new Error(`${path} was not served: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  },
  load(module) {
    const load = modules[`../contestants/${module}.ts`];
    if (!load) throw new Error(`there is no module ${module}`);
    return load();
  },
});

self.addEventListener('message', async ({ data }: MessageEvent<HostRequest>) => {
  self.postMessage(await answer(data));
});
