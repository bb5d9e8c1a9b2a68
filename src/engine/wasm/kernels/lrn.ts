/**
 * Local response normalisation across channels, and its gradient.
 *
 *   N[c] = bias + alpha * sum over k in c-r..c+r of  X[k]^2            (channels outside are zero)
 *   Y[c] = X[c] * N[c]^-beta
 *
 *   dX[c] = dY[c] * N[c]^-beta - 2 alpha beta X[c] * sum over k in c-r..c+r of  dY[k] Y[k] / N[k]
 *
 * (Krizhevsky et al. 2012, section 3.3; the gradient by the chain rule, since X[c] enters N[k] for
 * every k within r of c.) Shapes NHWC; each pixel stands alone. The two window sums slide: one
 * channel enters, one leaves, in 64-bit arithmetic. At the usual exponents N^-beta is made of
 * square roots, which cost a fraction of `Math.pow`.
 */
import { tf } from '../../tf.ts';
import { allocate, heapFloats, type WasmBackend } from '../heap.ts';
import type { WasmKernel } from '../kernel.ts';

export const lrnKernel: WasmKernel = {
  name: tf.LRN,
  run: ({ backend, attrs, input }) => lrn(backend, input('x'), attrs as unknown as tf.LRNAttrs),
};

export const lrnGradKernel: WasmKernel = {
  name: tf.LRNGrad,
  run: ({ backend, attrs, input }) =>
    lrnGrad(backend, input('x'), input('dy'), attrs as unknown as tf.LRNGradAttrs),
};

/** N^-beta. */
function inversePower(norm: number, beta: number): number {
  if (beta === 0.75) return Math.sqrt(Math.sqrt(norm)) / norm;
  if (beta === 0.5) return 1 / Math.sqrt(norm);
  if (beta === 1) return 1 / norm;
  return norm ** -beta;
}

function lrn(backend: WasmBackend, input: tf.TensorInfo, attrs: tf.LRNAttrs): tf.TensorInfo {
  const output = allocate(backend, input.shape);
  const x = heapFloats(backend, input);
  const y = heapFloats(backend, output);
  const channels = input.shape[3] ?? 1;
  const norms = new Float64Array(channels);
  for (let pixel = 0; pixel < x.length; pixel += channels) {
    normsOfPixel(x, pixel, channels, attrs, norms);
    for (let c = 0; c < channels; c++) {
      y[pixel + c] = (x[pixel + c] as number) * inversePower(norms[c] as number, attrs.beta);
    }
  }
  return output;
}

function lrnGrad(
  backend: WasmBackend,
  input: tf.TensorInfo,
  gradient: tf.TensorInfo,
  attrs: tf.LRNAttrs,
): tf.TensorInfo {
  const { depthRadius, alpha, beta } = attrs;
  const result = allocate(backend, input.shape);
  const x = heapFloats(backend, input);
  const dy = heapFloats(backend, gradient);
  const dx = heapFloats(backend, result);
  const channels = input.shape[3] ?? 1;
  const norms = new Float64Array(channels);
  const powers = new Float64Array(channels);
  // dY[k] Y[k] / N[k], with Y written as X N^-beta.
  const pulls = new Float64Array(channels);
  for (let pixel = 0; pixel < x.length; pixel += channels) {
    normsOfPixel(x, pixel, channels, attrs, norms);
    let windowSum = 0;
    for (let c = 0; c < channels; c++) {
      const norm = norms[c] as number;
      const power = inversePower(norm, beta);
      powers[c] = power;
      pulls[c] = ((dy[pixel + c] as number) * (x[pixel + c] as number) * power) / norm;
      if (c < depthRadius) windowSum += pulls[c] as number;
    }
    for (let c = 0; c < channels; c++) {
      if (c + depthRadius < channels) windowSum += pulls[c + depthRadius] as number;
      if (c > depthRadius) windowSum -= pulls[c - depthRadius - 1] as number;
      dx[pixel + c] =
        (dy[pixel + c] as number) * (powers[c] as number) -
        2 * alpha * beta * (x[pixel + c] as number) * windowSum;
    }
  }
  return result;
}

function normsOfPixel(
  x: Float32Array,
  pixel: number,
  channels: number,
  { depthRadius, bias, alpha }: tf.LRNAttrs,
  norms: Float64Array,
): void {
  let windowSum = 0;
  for (let c = 0; c < Math.min(depthRadius, channels); c++) {
    windowSum += (x[pixel + c] as number) ** 2;
  }
  for (let c = 0; c < channels; c++) {
    if (c + depthRadius < channels) windowSum += (x[pixel + c + depthRadius] as number) ** 2;
    if (c > depthRadius) windowSum -= (x[pixel + c - depthRadius - 1] as number) ** 2;
    norms[c] = bias + alpha * windowSum;
  }
}
