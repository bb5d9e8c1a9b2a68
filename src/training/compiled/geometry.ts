import type { Padding } from '../../domain/architecture.ts';
import type { LayerReport } from '../../domain/shapes.ts';
import type { ConvGeometry } from '../../engine/webgpu/kernels/convGeometry.ts';
import type { PoolGeometry } from '../../engine/webgpu/kernels/pool.ts';
import { assert, at } from '../../util/assert.ts';

/** From a layer of an architecture to the extents that its kernels are made for. */

export function convGeometry(
  { layer, inputShape, outputShape }: LayerReport,
  batch: number,
): ConvGeometry {
  assert(layer.kind === 'conv2d', 'a convolution');
  const { kernelSize, stride, padding, filters } = layer;
  const [inHeight, inWidth, inChannels] = [at(inputShape, 0), at(inputShape, 1), at(inputShape, 2)];
  const [outHeight, outWidth] = [at(outputShape, 0), at(outputShape, 1)];
  return {
    ...{ batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels: filters },
    ...{ filterHeight: kernelSize, filterWidth: kernelSize },
    ...{ strideHeight: stride, strideWidth: stride },
    padTop: padBefore(inHeight, outHeight, kernelSize, stride, padding),
    padLeft: padBefore(inWidth, outWidth, kernelSize, stride, padding),
  };
}

export function poolGeometry(
  { layer, inputShape, outputShape }: LayerReport,
  batch: number,
): PoolGeometry {
  assert(layer.kind === 'maxPool' || layer.kind === 'avgPool', 'a pooling layer');
  const { poolSize, stride, padding } = layer;
  const [inHeight, inWidth, channels] = [at(inputShape, 0), at(inputShape, 1), at(inputShape, 2)];
  const [outHeight, outWidth] = [at(outputShape, 0), at(outputShape, 1)];
  return {
    ...{ batch, inHeight, inWidth, channels, outHeight, outWidth },
    ...{ windowHeight: poolSize, windowWidth: poolSize },
    ...{ strideHeight: stride, strideWidth: stride },
    padTop: padBefore(inHeight, outHeight, poolSize, stride, padding),
    padLeft: padBefore(inWidth, outWidth, poolSize, stride, padding),
  };
}

/** 'same' puts the odd pixel behind the image, as TensorFlow does. */
function padBefore(
  size: number,
  out: number,
  window: number,
  stride: number,
  padding: Padding,
): number {
  if (padding === 'valid') return 0;
  if (padding !== 'same') return padding;
  return Math.floor(Math.max(0, (out - 1) * stride + window - size) / 2);
}
