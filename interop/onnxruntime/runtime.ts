import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The part of onnxruntime that the tests use. It is a package of its own, so that its types are not here. */
interface Runtime {
  readonly env: { logLevel: string; wasm: { numThreads: number } };
  readonly InferenceSession: {
    create(bytes: Uint8Array): Promise<Session>;
  };
  readonly Tensor: new (
    type: 'uint8' | 'float32',
    data: Uint8Array | Float32Array,
    dims: readonly number[],
  ) => object;
}

export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, object>): Promise<Record<string, { data: Float32Array }>>;
}

/** onnxruntime on WebAssembly, in Node. */
export async function openRuntime() {
  const require = createRequire(import.meta.url);
  const path = require.resolve('onnxruntime-web').replace(/\.js$/, '.mjs');
  const runtime = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Runtime;
  runtime.env.logLevel = 'warning';
  runtime.env.wasm.numThreads = 1;
  return {
    open: (bytes: Uint8Array) => runtime.InferenceSession.create(bytes),
    bytes: (data: Uint8Array, dims: readonly number[]) => new runtime.Tensor('uint8', data, dims),
    floats: (data: Float32Array, dims: readonly number[]) =>
      new runtime.Tensor('float32', data, dims),
  };
}
