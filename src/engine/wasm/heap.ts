import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { assert } from '../../util/assert.ts';
import { tf } from '../tf.ts';

/**
 * Tensors as they lie in the WebAssembly heap of tfjs. The one file that touches what
 * tfjs-backend-wasm does not export as its interface.
 *
 * The heap grows and never moves: an address stays right, but every view made before is detached.
 *
 * XNNPACK packs the right operand of a product, and the filter of a convolution, once for each
 * tensor, and keeps the packed copy until the tensor is disposed. Writing into such a tensor goes
 * unnoticed: give new weights a new tensor, as `variable.assign` does.
 */
export type WasmBackend = BackendWasm;

/**
 * Floats that a kernel may read behind an operand (and never writes). In tfjs's heap they exist
 * behind every tensor, as its allocator keeps 40 bytes for itself at the end; they hold anything.
 */
export const SLACK_FLOATS = 8;

/** Emscripten hands the exports of its module on as they are, but does not declare them. */
interface EmscriptenExports {
  readonly asm: { readonly memory: WebAssembly.Memory };
}

export function heapMemory(backend: WasmBackend): WebAssembly.Memory {
  return (backend.wasm as unknown as EmscriptenExports).asm.memory;
}

export function addressOf(backend: WasmBackend, tensor: tf.TensorInfo): number {
  return backend.getMemoryOffset(tensor.dataId);
}

export function heapFloats(backend: WasmBackend, tensor: tf.TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** A tensor with whatever the heap held there before. */
export function allocate(backend: WasmBackend, shape: readonly number[]): tf.TensorInfo {
  const tensor = backend.makeOutput([...shape], 'float32');
  // Emscripten's answer to a heap that cannot grow, which tfjs does not look at.
  assert(
    addressOf(backend, tensor) > 0,
    `the heap has no room for ${tf.util.sizeFromShape([...shape])} floats`,
  );
  return tensor;
}

export function release(backend: WasmBackend, tensor: tf.TensorInfo): void {
  backend.disposeData(tensor.dataId);
}
