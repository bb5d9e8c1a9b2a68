import type { ConvGeometry } from '../../../../domain/architecture/window.ts';
import type { tf } from '../../../tfjs/tf.ts';
import { conv2d } from '../../kernels/conv2d.ts';
import { conv2dFilterGradient } from '../../kernels/conv2dFilterGradient.ts';
import { conv2dInputGradient } from '../../kernels/conv2dInputGradient.ts';

import { type ConvAttrs, geometryOf } from './convCall.ts';
import { fusedFinish } from './fusedFinish.ts';
import type { DropIn } from './kernelCall.ts';
import { runOperation } from './runOperation.ts';

/** Convolutions as tfjs calls them. */

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
