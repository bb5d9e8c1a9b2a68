/**
 * Dropout masks (Srivastava et al., "Dropout: a simple way to prevent neural networks from
 * overfitting", JMLR 15, 2014), drawn by counter:
 *
 *   mask[i] = 0 where u < rate, else 1 / (1 - rate)
 *   u = (hash[i mod 4] >> 8) / 2^24,  hash = pcg4d(seed, stream, step, i div 4)
 *
 * with one stream a layer. `tf.dropout` draws with a generator on the processor and uploads the
 * mask; given a seed it repeats one mask for ever. This one is a function of (seed, step, layer),
 * so that a resumed run drops what the uninterrupted one dropped. It is a tfjs kernel of our own
 * with one implementation an engine, all of the same bits: u is compared as the integer hash >> 8.
 * That of wasm is among the kernels of `wasm/registerWasmKernels.ts`.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { assert } from '../../util/assert.ts';
import { pcg4d } from '../../util/random.ts';
import { DROPOUT_MASK, type MaskAttrs, type MaskPlan, planMask } from '../maskPlan.ts';
import { dropoutMaskOnGpu } from './dropoutMaskOnGpu.ts';
import { tf } from './tf.ts';

/** `layer` tells the dropout layers of a network apart; `seed` and `step` are unsigned 32-bit. */
export function dropoutMask(
  shape: readonly number[],
  rate: number,
  seed: number,
  step: number,
  layer: number,
): tf.Tensor {
  assert(rate >= 0 && rate < 1, `dropout rate ${rate} outside 0..1`);
  const attrs = { shape: [...shape], rate, seed, step, layer };
  return tf.engine().runKernel(DROPOUT_MASK, {}, attrs);
}

function fillMask(mask: Float32Array, { seed, stream, step, dropBelow, scale }: MaskPlan): void {
  for (let i = 0; i < mask.length; i += 4) {
    const [a, b, c, d] = pcg4d(seed, stream, step, i / 4);
    mask[i] = a >>> 8 < dropBelow ? 0 : scale;
    // Writes beyond the end of a typed array are ignored.
    mask[i + 1] = b >>> 8 < dropBelow ? 0 : scale;
    mask[i + 2] = c >>> 8 < dropBelow ? 0 : scale;
    mask[i + 3] = d >>> 8 < dropBelow ? 0 : scale;
  }
}

interface UploadingBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): tf.TensorInfo;
}

function maskUploaded(backend: UploadingBackend, plan: MaskPlan): tf.TensorInfo {
  const values = new Float32Array(tf.util.sizeFromShape([...plan.shape]));
  fillMask(values, plan);
  return backend.makeTensorInfo([...plan.shape], 'float32', values);
}

function registerMask<Backend>(
  backendName: string,
  draw: (backend: Backend, plan: MaskPlan) => tf.TensorInfo,
): void {
  tf.registerKernel({
    kernelName: DROPOUT_MASK,
    backendName,
    kernelFunc: ({ backend, attrs }) =>
      draw(backend as Backend, planMask(attrs as unknown as MaskAttrs)),
  });
}

registerMask<WebGPUBackend>('webgpu', dropoutMaskOnGpu);
registerMask<UploadingBackend>('webgl', maskUploaded);
registerMask<UploadingBackend>('cpu', maskUploaded);
