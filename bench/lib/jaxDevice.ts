import { defaultDevice, init } from '@jax-js/jax';
import { assert } from '../../src/util/assert.ts';

/** Where jax-js computes. It offers no choice of the number of threads, and takes all cores. */
export type JaxDevice =
  | { readonly device: 'webgpu' }
  | { readonly device: 'wasm'; readonly threads: number };

export async function openJax(wanted: JaxDevice): Promise<void> {
  if (wanted.device === 'wasm') {
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: wanted.threads });
  }
  const available = await init(wanted.device);
  assert(available.includes(wanted.device), `jax-js opens ${wanted.device}`);
  defaultDevice(wanted.device);
}
