import { at } from '../../util/assert.ts';
import type { ImageShape } from './shape.ts';

/** 'same' and 'valid' as TensorFlow defines them, or this many zero pixels on every side. */
export type Padding = 'same' | 'valid' | number;

/** A square window that moves over an image. */
export interface Window {
  readonly side: number;
  readonly stride: number;
  readonly padding: Padding;
}

/** Output side of a convolution or pooling window along one dimension. */
export function windowedSize(
  size: number,
  window: number,
  stride: number,
  padding: Padding,
): number {
  if (padding === 'same') return Math.ceil(size / stride);
  const padded = padding === 'valid' ? size : size + 2 * padding;
  return Math.floor((padded - window) / stride) + 1;
}

/** Height and width of what a window makes of an image. */
export function windowedImage(
  { height, width }: ImageShape,
  { side, stride, padding }: Window,
): [number, number] {
  const along = (size: number) => windowedSize(size, side, stride, padding);
  return [along(height), along(width)];
}

/** What kernels of windows are made for. */
export interface WindowGeometry {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  /** Zero pixels above the image and to its left. */
  readonly padTop: number;
  readonly padLeft: number;
}

export function windowGeometry(
  batch: number,
  inputShape: readonly number[],
  outputShape: readonly number[],
  { side, stride, padding }: Window,
): WindowGeometry {
  const [inHeight, inWidth] = [at(inputShape, 0), at(inputShape, 1)];
  const [outHeight, outWidth] = [at(outputShape, 0), at(outputShape, 1)];
  const padBefore = (size: number, out: number) => {
    if (padding === 'valid') return 0;
    // 'same' puts the odd pixel behind the image, as TensorFlow does.
    return padding === 'same'
      ? Math.floor(Math.max(0, (out - 1) * stride + side - size) / 2)
      : padding;
  };
  return {
    ...{ batch, inHeight, inWidth, outHeight, outWidth },
    ...{ strideHeight: stride, strideWidth: stride },
    ...{ padTop: padBefore(inHeight, outHeight), padLeft: padBefore(inWidth, outWidth) },
  };
}

/** A convolution; its filters are HWIO. */
export interface ConvGeometry extends WindowGeometry {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
}

/** A pooling, of each channel by itself; what lies beside the image does not count. */
export interface PoolGeometry extends WindowGeometry {
  readonly channels: number;
  readonly windowHeight: number;
  readonly windowWidth: number;
}
