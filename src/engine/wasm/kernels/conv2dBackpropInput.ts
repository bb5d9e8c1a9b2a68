/**
 * Gradient of a convolution with respect to its input: again a convolution.
 *
 *   dX[n, y, x, c] = sum over i, j, o of  dY[n, (y + top - i) / s, (x + left - j) / s, o] * W[i, j, c, o]
 *
 * over the terms whose quotients are integers, s being the stride. So dY with s - 1 zeros between its
 * pixels is convolved with the filter turned by 180 degrees, its channels exchanged, and padded by
 * kh - 1 - top and kw - 1 - left (Dumoulin and Visin, "A guide to convolution arithmetic for deep
 * learning", 2016, section 4). Shapes: dY NHWC, W HWIO, dX NHWC. The SIMD kernel turns the filter.
 */
import { tf } from '../../tf.ts';
import { type KernelCall, shape4D, type WasmKernel } from '../kernel.ts';
import { productScratchBytes } from '../scratch.ts';
import { type Images, outputGradient, padImages, spreadImages } from './images.ts';
import { transposeMatricesTo } from './transposeMatrices.ts';

export const conv2dBackpropInputKernel: WasmKernel = {
  name: tf.Conv2DBackpropInput,
  run(call) {
    const { strides, pad, dataFormat, dimRoundingMode, inputShape } =
      call.attrs as tf.Conv2DBackpropInputAttrs;
    const filter = call.input('filter');
    const info = tf.backend_util.computeConv2DInfo(
      inputShape,
      shape4D(filter),
      strides,
      1,
      pad,
      dimRoundingMode,
      false,
      tf.backend_util.convertConv2DDataFormat(dataFormat),
    );
    const padded = framed(call, outputGradient(call, info, dataFormat), info);
    const dx = call.output(inputShape);
    if (dataFormat === 'NHWC') {
      inputGradient(call, padded, call.addressOf(filter), call.addressOf(dx), info);
      return dx;
    }
    const channelsLast = call.temporary(tf.util.sizeFromShape(inputShape));
    inputGradient(call, padded, call.addressOf(filter), channelsLast, info);
    const { batchSize, inHeight, inWidth, inChannels } = info;
    const pixels = inHeight * inWidth;
    transposeMatricesTo(call, channelsLast, call.addressOf(dx), batchSize, pixels, inChannels);
    return dx;
  },
};

type ConvInfo = tf.backend_util.Conv2DInfo;

function framed(call: KernelCall, dy: Images, info: ConvInfo): Images {
  const { filterHeight, filterWidth, padInfo, strideHeight, strideWidth } = info;
  const frame = {
    top: filterHeight - 1 - padInfo.top,
    left: filterWidth - 1 - padInfo.left,
    height: info.inHeight + filterHeight - 1,
    width: info.inWidth + filterWidth - 1,
  };
  return strideHeight === strideWidth
    ? padImages(call, dy, { ...frame, dilation: strideHeight })
    : padImages(call, spreadImages(call, dy, strideHeight, strideWidth), { ...frame, dilation: 1 });
}

function inputGradient(
  call: KernelCall,
  dy: Images,
  filter: number,
  dx: number,
  info: ConvInfo,
): void {
  const { filterHeight, filterWidth, inHeight, inWidth, inChannels } = info;
  const pixels = dy.batch * inHeight * inWidth;
  call.run(
    'conv2dInputGradient',
    ...[dy.address, filter, dx, dy.batch, dy.height, dy.width, dy.channels],
    ...[inHeight, inWidth, filterHeight, filterWidth, inChannels],
    ...call.scratch(productScratchBytes(pixels, filterHeight, filterWidth * dy.channels)),
  );
}
