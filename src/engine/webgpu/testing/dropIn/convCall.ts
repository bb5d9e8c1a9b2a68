import type { ConvGeometry } from '../../../../domain/architecture/window.ts';
import { tf } from '../../../tfjs/tf.ts';

export type ConvAttrs = Pick<tf.Conv2DAttrs, 'strides' | 'pad' | 'dataFormat' | 'dimRoundingMode'> &
  Partial<Pick<tf.Conv2DAttrs, 'dilations'>>;

/** The geometry of a convolution as tfjs asks for it; undefined for those that our kernels lack. */
export function geometryOf(
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
