import type { LrnShape } from '../../../../domain/architecture/operation.ts';
import type { PoolGeometry } from '../../../../domain/architecture/window.ts';
import { tf } from '../../../tfjs/tf.ts';
import { lrn } from '../../kernels/lrn.ts';
import { lrnGradient } from '../../kernels/lrnGradient.ts';
import { maxPool } from '../../kernels/maxPool.ts';
import { maxPoolGradientFromInput } from '../../kernels/maxPoolGradient.ts';
import { hasEmptyWindow } from '../../kernels/pool.ts';
import type { DropIn } from './kernelCall.ts';
import { runOperation } from './runOperation.ts';

/** Normalisation and pooling as tfjs calls them. */

/** Our shader names each channel of a window. */
const LARGEST_RADIUS = 16;

function lrnShape(shape: readonly number[], attrs: object): LrnShape | undefined {
  const { depthRadius, bias, alpha, beta } = attrs as tf.LRNAttrs;
  // Numbers that have no literal in WGSL.
  const literals = [bias, alpha, beta, 2 * alpha * beta];
  if (!literals.every((number) => Number.isFinite(Math.fround(number)))) return undefined;
  if (!Number.isInteger(depthRadius) || depthRadius < 0 || depthRadius > LARGEST_RADIUS) {
    return undefined;
  }
  const channels = shape.at(-1) ?? 1;
  const pixels = tf.util.sizeFromShape([...shape]) / channels;
  return { pixels, channels, depthRadius, bias, alpha, beta };
}

const LRN: DropIn = (call) => {
  const x = call.input('x');
  const shape = lrnShape(x.shape, call.attrs);
  if (!shape) return undefined;
  const y = call.output(x.shape);
  runOperation(call.backend, lrn(shape), { x, y });
  return y;
};

const LRNGrad: DropIn = (call) => {
  const x = call.input('x');
  const dy = call.input('dy');
  const shape = lrnShape(x.shape, call.attrs);
  if (!shape) return undefined;
  const dx = call.output(x.shape);
  const operation = lrnGradient(shape, { kind: 'open' });
  runOperation(call.backend, operation, { dy, x, dx });
  return dx;
};

type PoolAttrs = Pick<tf.MaxPoolAttrs, 'filterSize' | 'strides' | 'pad' | 'dimRoundingMode'>;

function geometryOf(shape: readonly number[], attrs: object): PoolGeometry | undefined {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as PoolAttrs;
  const info = tf.backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    ...([filterSize, strides, 1, pad, dimRoundingMode] as const),
  );
  const { batchSize: batch, inHeight, inWidth, inChannels: channels, outHeight, outWidth } = info;
  if (batch * outHeight * outWidth <= 0) return undefined;
  const geometry = {
    ...{ batch, inHeight, inWidth, channels, outHeight, outWidth },
    ...{ windowHeight: info.filterHeight, windowWidth: info.filterWidth },
    ...{ strideHeight: info.strideHeight, strideWidth: info.strideWidth },
    ...{ padTop: info.padInfo.top, padLeft: info.padInfo.left },
  };
  // tfjs computes windows of one pixel by itself, and has a reading of windows beside the image.
  const onePixel = info.filterHeight * info.filterWidth === 1;
  return onePixel || hasEmptyWindow(geometry) ? undefined : geometry;
}

const MaxPool: DropIn = (call) => {
  const x = call.input('x');
  const geometry = geometryOf(x.shape, call.attrs);
  if (!geometry) return undefined;
  const { batch, outHeight, outWidth, channels } = geometry;
  const y = call.output([batch, outHeight, outWidth, channels]);
  runOperation(call.backend, maxPool(geometry, false, 'ignored'), { x, y });
  return y;
};

const MaxPoolGrad: DropIn = (call) => {
  const dy = call.input('dy');
  const input = call.input('input');
  const geometry = geometryOf(input.shape, call.attrs);
  if (!geometry) return undefined;
  const dx = call.output(input.shape);
  runOperation(call.backend, maxPoolGradientFromInput(geometry), { dy, x: input, dx });
  return dx;
};

export const pixelKernels = { LRN, LRNGrad, MaxPool, MaxPoolGrad };
