/**
 * Gradient of a convolution with respect to its filter.
 *
 *   dW[i, j, c, o] = sum over n, y, x of  X[n, y*s + i - top, x*s + j - left, c] * dY[n, y, x, o]
 *
 * X is [n, height, width, c] (NHWC), dW is [i, j, c, o] (HWIO), dY is [n, y, x, o], s the stride.
 * (Goodfellow, Bengio, Courville, "Deep Learning", 2016, equation 9.11.) The SIMD kernel of the same
 * name wants X padded, and one stride. Strides that differ are those of a dY with zeros between its
 * pixels, which has stride 1.
 */
import { tf } from '../../tf.ts';
import { type KernelCall, shape4D, type WasmKernel } from '../kernel.ts';
import { filterGradientScratchBytes } from '../scratch.ts';
import { type Images, imagesOf, outputGradient, padImages, spreadImages } from './images.ts';

export const conv2dBackpropFilterKernel: WasmKernel = {
  name: tf.Conv2DBackpropFilter,
  run(call) {
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } =
      call.attrs as tf.Conv2DBackpropFilterAttrs;
    const x = call.input('x');
    const info = tf.backend_util.computeConv2DInfo(
      shape4D(x),
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
      false,
      tf.backend_util.convertConv2DDataFormat(dataFormat),
    );
    const images = imagesOf(call, x, dataFormat);
    const gradients = outputGradient(call, info, dataFormat);
    const { strideHeight, strideWidth } = info;
    return strideHeight === strideWidth
      ? filterGradient(call, images, gradients, strideHeight, info)
      : filterGradient(
          call,
          images,
          spreadImages(call, gradients, strideHeight, strideWidth),
          1,
          info,
        );
  },
};

function filterGradient(
  call: KernelCall,
  x: Images,
  dy: Images,
  stride: number,
  info: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const { top, left } = info.padInfo;
  const height = (dy.height - 1) * stride + filterHeight;
  const width = (dy.width - 1) * stride + filterWidth;
  const fits = top === 0 && left === 0 && x.height >= height && x.width >= width;
  const padded = fits ? x : padImages(call, x, { top, left, dilation: 1, height, width });

  const dw = call.output(info.filterShape);
  const scratchBytes = filterGradientScratchBytes(dy.batch, dy.height * dy.width);
  call.run(
    'conv2dFilterGradient',
    ...[padded.address, dy.address, call.addressOf(dw)],
    ...[padded.batch, padded.height, padded.width, inChannels, dy.height, dy.width],
    ...[filterHeight, filterWidth, stride, outChannels],
    ...call.scratch(scratchBytes),
  );
  return dw;
}
