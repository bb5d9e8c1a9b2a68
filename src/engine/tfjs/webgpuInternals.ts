import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { assert } from '../../util/assert.ts';
import { tf } from './tf.ts';

/**
 * The privates of tfjs's WebGPU backend that our kernels need: which buffer a tensor lies in, and the
 * encoder that its commands go to. Every cast to them is in this file.
 */

interface TensorData {
  /** What the buffer holds, which may not be what the tensor says: casts are lazy. */
  dtype: string;
  resource: GPUBuffer | null;
}

/** Buffers of one size and usage under one key, and what they come to. */
interface Pool {
  freeBuffers: Map<string, GPUBuffer[]>;
  usedBuffers: Map<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
}

interface Internals {
  bufferManager: Pool;
  tensorMap: { get(id: object): TensorData };
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<object>;
  dispatchCountInPass: number;
}

const internals = (backend: WebGPUBackend): Internals => backend as unknown as Internals;

export function webgpuBackend(): WebGPUBackend {
  const backend = tf.engine().findBackend('webgpu');
  assert(backend instanceof WebGPUBackend, 'the webgpu engine has started');
  return backend;
}

/** The buffer that holds this tensor, uploaded if it was not yet on the GPU. */
export function bufferOf(backend: WebGPUBackend, { dataId }: tf.TensorInfo): GPUBuffer {
  backend.uploadToGPU(dataId);
  const { resource } = internals(backend).tensorMap.get(dataId);
  assert(resource instanceof GPUBuffer, 'the tensor lies in a buffer');
  return resource;
}

export function holdsFloats(backend: WebGPUBackend, { dataId, dtype }: tf.TensorInfo): boolean {
  return dtype === 'float32' && internals(backend).tensorMap.get(dataId).dtype === 'float32';
}

/** Hands what tfjs has recorded so far to the queue, so that what we submit next comes after it. */
export function flush(backend: WebGPUBackend): void {
  if (!internals(backend).commandEncoder) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** Frees what tfjs keeps for tensors to come, which is made for the shapes of one network. */
export function freeTensors(): void {
  if (tf.getBackend() !== 'webgpu') return;
  const backend = webgpuBackend();
  // Until its commands are on their way it frees nothing that they use.
  flush(backend);
  emptyPool(backend);
}

function emptyPool(backend: WebGPUBackend): void {
  const pool = internals(backend).bufferManager;
  for (const [key, buffers] of pool.freeBuffers) {
    for (const buffer of buffers.splice(0)) {
      pool.numFreeBuffers--;
      pool.numBytesAllocated -= buffer.size;
      buffer.destroy();
    }
    // One that is still in use comes back to its key.
    if (pool.usedBuffers.get(key)?.length === 0) {
      pool.freeBuffers.delete(key);
      pool.usedBuffers.delete(key);
    }
  }
}

/**
 * Records dispatches among those of tfjs, which disposes none of `tensors` before they have been
 * submitted.
 */
export function record(
  backend: WebGPUBackend,
  tensors: readonly tf.TensorInfo[],
  dispatch: (pass: GPUComputePassEncoder) => void,
): void {
  const state = internals(backend);
  backend.ensureCommandEncoderReady();
  assert(state.commandEncoder, 'an encoder was made');
  state.computePassEncoder ??= state.commandEncoder.beginComputePass();
  dispatch(state.computePassEncoder);
  for (const { dataId } of tensors) state.commandQueueOwnedIds.add(dataId);
  state.dispatchCountInPass++;
  if (state.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
    flush(backend);
  }
}
