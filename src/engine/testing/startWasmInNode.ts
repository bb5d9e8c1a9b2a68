import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { assert } from '../../util/assert.ts';
import { tf } from '../tf.ts';
import { registerWasmKernels } from '../wasm/registerWasmKernels.ts';

/** Starts tfjs-backend-wasm with our kernels, for tests in Node. */
export async function startWasmInNode(): Promise<void> {
  const kernels = await readFile(new URL('../wasm/generated/kernels.wasm', import.meta.url));
  registerWasmKernels(await WebAssembly.compile(kernels));
  const bundle = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(bundle)}/`);
  assert(await tf.setBackend('wasm'), 'tfjs-backend-wasm starts in Node');
}
