import { tf } from '../../tf.ts';
import { biasThenActivation } from '../gemm/finish.ts';
import type { Finish } from '../gemm/problem.ts';
import { type ConvGeometry, conv2d } from '../kernels/conv2d.ts';
import { conv2dFilterGradient } from '../kernels/conv2dFilterGradient.ts';
import { conv2dInputGradient } from '../kernels/conv2dInputGradient.ts';
import type { DropIn } from './kernelCall.ts';
import { runOperation } from './runOperation.ts';

/** Convolutions as tfjs calls them. */

type ConvAttrs = Pick<tf.Conv2DAttrs, 'strides' | 'pad' | 'dataFormat' | 'dimRoundingMode'> &
  Partial<Pick<tf.Conv2DAttrs, 'dilations'>>;

function geometryOf(
  x: readonly number[],
  filter: readonly number[],
  { strides, pad, dataFormat, dimRoundingMode, dilations = 1 }: ConvAttrs,
): ConvGeometry | undefined {
  const info = tf.backend_util.computeConv2DInfo(
    x as [number, number, number, number],
    filter as [number, number, number, number],
    ...([strides, dilations, pad, dimRoundingMode, false] as const),
    tf.backend_util.convertConv2DDataFormat(dataFormat),
  );
  if (info.dataFormat !== 'channelsLast') return undefined;
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1) return undefined;
  // A filter that sees a part of the channels means groups, which tfjs refuses by itself.
  if (filter[2] !== info.inChannels) return undefined;
  const {
    batchSize: batch,
    inHeight,
    inWidth,
    inChannels,
    outHeight,
    outWidth,
    outChannels,
  } = info;
  if (batch * outHeight * outWidth <= 0) return undefined;
  return {
    ...{ batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels },
    ...{ filterHeight: info.filterHeight, filterWidth: info.filterWidth },
    ...{ strideHeight: info.strideHeight, strideWidth: info.strideWidth },
    ...{ padTop: info.padInfo.top, padLeft: info.padInfo.left },
  };
}

const outputShape = (g: ConvGeometry) => [g.batch, g.outHeight, g.outWidth, g.outChannels];

const Conv2D: DropIn = (call, traits) => {
  const x = call.input('x');
  const filter = call.input('filter');
  const geometry = geometryOf(x.shape, filter.shape, call.attrs as ConvAttrs);
  if (!geometry) return undefined;
  const y = call.output(outputShape(geometry));
  runOperation(call.backend, conv2d(geometry, traits), { x, filters: filter, y });
  return y;
};

const FusedConv2D: DropIn = (call, traits) => {
  const x = call.input('x');
  const filter = call.input('filter');
  const bias = call.optional('bias');
  const preluActivationWeights = call.optional('preluActivationWeights');
  const geometry = geometryOf(x.shape, filter.shape, call.attrs as ConvAttrs);
  const { activation } = call.attrs as tf.FusedConv2DAttrs;
  if (!geometry || preluActivationWeights) return undefined;
  const finish = fusedFinish(geometry.outChannels, bias, activation);
  if (finish === 'unknown') return undefined;
  const y = call.output(outputShape(geometry));
  const operands = { x, filters: filter, y, ...(bias ? { bias } : {}) };
  runOperation(call.backend, conv2d(geometry, traits, finish), operands);
  return y;
};

/** What follows the sums in a fused call, where we have it. */
export function fusedFinish(
  columns: number,
  bias: tf.TensorInfo | undefined,
  activation: tf.backend_util.Activation | null | undefined,
): Finish | undefined | 'unknown' {
  const known = !activation || activation === 'linear' ? 'linear' : activation;
  if (!bias) return known === 'linear' ? undefined : 'unknown';
  if (known !== 'linear' && known !== 'relu') return 'unknown';
  if (tf.util.sizeFromShape(bias.shape) !== columns) return 'unknown';
  return biasThenActivation(columns, { activation: known });
}

const Conv2DBackpropFilter: DropIn = (call, traits) => {
  const x = call.input('x');
  const dy = call.input('dy');
  const { filterShape } = call.attrs as tf.Conv2DBackpropFilterAttrs;
  const geometry = geometryOf(x.shape, filterShape, call.attrs as ConvAttrs);
  if (!geometry) return undefined;
  const dfilters = call.output(filterShape);
  runOperation(call.backend, conv2dFilterGradient(geometry, traits), { x, dy, dfilters });
  return dfilters;
};

const Conv2DBackpropInput: DropIn = (call, traits) => {
  const dy = call.input('dy');
  const filter = call.input('filter');
  const { inputShape } = call.attrs as tf.Conv2DBackpropInputAttrs;
  const geometry = geometryOf(inputShape, filter.shape, call.attrs as ConvAttrs);
  // A transposed convolution may be asked for more than any convolution gives.
  if (!geometry || String(outputShape(geometry)) !== String(dy.shape)) return undefined;
  const dx = call.output(inputShape);
  runOperation(call.backend, conv2dInputGradient(geometry, traits), { dy, filters: filter, dx });
  return dx;
};

export const convKernels = { Conv2D, FusedConv2D, Conv2DBackpropFilter, Conv2DBackpropInput };
