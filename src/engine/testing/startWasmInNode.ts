import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { assert } from '../../util/assert.ts';
import { tf } from '../tf.ts';

/** Starts tfjs-backend-wasm for Node tests and benchmarks, without our kernels. */
export async function startWasmInNode(): Promise<void> {
  const bundle = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(bundle)}/`);
  assert(await tf.setBackend('wasm'), 'tfjs-backend-wasm starts in Node');
}
