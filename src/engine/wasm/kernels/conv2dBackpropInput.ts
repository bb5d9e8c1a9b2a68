/**
 * Gradient of a convolution of stride 1 with respect to its input: again a convolution.
 *
 *   dX[n, y, x, c] = sum over i, j, o of  dY[n, y + top - i, x + left - j, o] * W[i, j, c, o]
 *                  = sum over i', j', o of  dY[n, y + i' - top', x + j' - left', o] * V[i', j', o, c]
 *
 * with V[i', j', o, c] = W[kh-1-i', kw-1-j', c, o], the filter turned by 180 degrees with its
 * channels exchanged, and the padding top' = kh-1-top, left' = kw-1-left (Dumoulin and Visin, "A
 * guide to convolution arithmetic for deep learning", 2016, section 4). So XNNPACK's convolution
 * does the work. Shapes: dY NHWC, W HWIO, dX NHWC.
 */
import { tf } from '../../tf.ts';
import { allocate, heapFloats, release, runKernel, type WasmBackend } from '../heap.ts';
import { shape4D, type WasmKernel } from '../kernel.ts';

export const conv2dBackpropInputKernel: WasmKernel = {
  name: tf.Conv2DBackpropInput,
  run({ backend, attrs, input, stock }) {
    const { strides, pad, dimRoundingMode, inputShape } =
      attrs as unknown as tf.Conv2DBackpropInputAttrs;
    const dy = input('dy');
    const filter = input('filter');
    const info = tf.backend_util.computeConv2DInfo(
      inputShape,
      shape4D(filter),
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    return isPlainConvolution(info)
      ? conv2dBackpropInput(backend, dy, filter, info)
      : stock({ dy, filter }, attrs);
  },
};

type ConvInfo = tf.backend_util.Conv2DInfo;

/** A stride spreads dY apart, and a padding beyond the filter crops it: neither is done here. */
function isPlainConvolution(info: ConvInfo): boolean {
  const { filterHeight, filterWidth, padInfo } = info;
  return (
    info.strideHeight === 1 &&
    info.strideWidth === 1 &&
    Math.max(padInfo.top, padInfo.bottom) < filterHeight &&
    Math.max(padInfo.left, padInfo.right) < filterWidth
  );
}

function conv2dBackpropInput(
  backend: WasmBackend,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: ConvInfo,
): tf.TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels, padInfo } = info;
  const turned = allocate(backend, [filterHeight, filterWidth, outChannels, inChannels]);
  turnFilter(heapFloats(backend, filter), heapFloats(backend, turned), info);
  const rows = [filterHeight - 1 - padInfo.top, filterHeight - 1 - padInfo.bottom];
  const columns = [filterWidth - 1 - padInfo.left, filterWidth - 1 - padInfo.right];
  const dx = runKernel(
    backend,
    tf.Conv2D,
    { x: dy, filter: turned },
    {
      strides: 1,
      pad: [[0, 0], rows, columns, [0, 0]],
      dataFormat: 'NHWC',
      dilations: 1,
    },
  );
  release(backend, turned);
  return dx;
}

function turnFilter(w: Float32Array, turned: Float32Array, info: ConvInfo): void {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const taps = filterHeight * filterWidth;
  const tapFloats = inChannels * outChannels;
  for (let tap = 0; tap < taps; tap++) {
    const from = tap * tapFloats;
    const to = (taps - 1 - tap) * tapFloats;
    for (let c = 0; c < inChannels; c++) {
      for (let o = 0; o < outChannels; o++) {
        turned[to + o * inChannels + c] = w[from + c * outChannels + o] as number;
      }
    }
  }
}
