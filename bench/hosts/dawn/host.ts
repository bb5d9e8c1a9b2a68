import { readFile } from 'node:fs/promises';
import type { Open } from '../../contestants/contestant.ts';
import { makeHost } from '../../page/host.ts';

/** The contestants that need nothing of a browser but WebGPU. */
const modules = import.meta.glob<{ open: Open }>([
  '../../contestants/ours/webgpu.ts',
  '../../contestants/tfjs/tfjs.ts',
  '../../contestants/jax/jax.ts',
  '../../contestants/probes/webgpu.ts',
]);

export const answer = makeHost({
  read: async (path) => new Uint8Array(await readFile(path)),
  load(module) {
    const load = modules[`../../contestants/${module}.ts`];
    if (!load) throw new Error(`${module} needs a browser`);
    return load();
  },
});
