import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { tf } from '../tf.ts';

/**
 * Tensors as they lie in the WebAssembly heap. The one file that touches what tfjs-backend-wasm
 * does not export as its interface.
 *
 * A heap view is good until the next allocation: when the heap grows, every older view is detached.
 * So a kernel makes all its outputs first, and takes its views then.
 *
 * XNNPACK packs the right operand of a product, and the filter of a convolution, once for each
 * tensor, and keeps the packed copy until the tensor is disposed. Writing into such a tensor goes
 * unnoticed: give new weights a new tensor, as `variable.assign` does.
 */
export type WasmBackend = BackendWasm;

export function heapFloats(backend: WasmBackend, tensor: tf.TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** A tensor with whatever the heap held there before. */
export function allocate(backend: WasmBackend, shape: readonly number[]): tf.TensorInfo {
  return backend.makeOutput([...shape], 'float32');
}

export function release(backend: WasmBackend, tensor: tf.TensorInfo): void {
  backend.disposeData(tensor.dataId);
}

/** The same memory under another shape. It is not released apart from its owner. */
export function reshaped(tensor: tf.TensorInfo, shape: readonly number[]): tf.TensorInfo {
  return { dataId: tensor.dataId, dtype: tensor.dtype, shape: [...shape] };
}

/** A window of `owner`'s memory as a tensor of its own; end it with `releaseAlias`. */
export function alias(
  backend: WasmBackend,
  owner: tf.TensorInfo,
  offsetFloats: number,
  shape: readonly number[],
): tf.TensorInfo {
  const offsetBytes = offsetFloats * Float32Array.BYTES_PER_ELEMENT;
  return backend.makeOutput(
    [...shape],
    'float32',
    backend.getMemoryOffset(owner.dataId) + offsetBytes,
  );
}

/** Forgets the alias and the XNNPACK operators made for it, and leaves the owner's memory. */
export function releaseAlias(backend: WasmBackend, window: tf.TensorInfo): void {
  const { id } = backend.dataIdMap.get(window.dataId);
  backend.wasm.tfjs.disposeData(id);
  backend.dataIdMap.delete(window.dataId);
}

/** Runs the kernel now registered under this name, without a gradient tape. */
export function runKernel(
  backend: WasmBackend,
  name: string,
  inputs: tf.NamedTensorInfoMap,
  attrs: tf.NamedAttrMap,
): tf.TensorInfo {
  const output = tf.getKernel(name, 'wasm').kernelFunc({ inputs, attrs, backend });
  if (Array.isArray(output)) throw new Error(`Kernel ${name} has several outputs`);
  return output;
}
