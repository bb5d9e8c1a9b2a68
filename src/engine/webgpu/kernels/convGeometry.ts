import type { ConvGeometry } from '../../../domain/architecture/window.ts';

/** Whether any window reaches beyond the image. */
export function touchesBorder(g: ConvGeometry): boolean {
  const reaches = (out: number, stride: number, filter: number, pad: number, size: number) =>
    pad > 0 || (out - 1) * stride - pad + filter > size;
  return (
    reaches(g.outHeight, g.strideHeight, g.filterHeight, g.padTop, g.inHeight) ||
    reaches(g.outWidth, g.strideWidth, g.filterWidth, g.padLeft, g.inWidth)
  );
}

export const inputFloats = (g: ConvGeometry): number =>
  g.batch * g.inHeight * g.inWidth * g.inChannels;

export const outputFloats = (g: ConvGeometry): number =>
  g.batch * g.outHeight * g.outWidth * g.outChannels;

export const filterFloats = (g: ConvGeometry): number =>
  g.filterHeight * g.filterWidth * g.inChannels * g.outChannels;

/** `32x28x28x1 * 11x11x1x24 /1,1 +5,5`: image, filter, stride, padding; the output follows. */
export function geometryKey(g: ConvGeometry): string {
  const image = [g.batch, g.inHeight, g.inWidth, g.inChannels].join('x');
  const filter = [g.filterHeight, g.filterWidth, g.inChannels, g.outChannels].join('x');
  const out = `${g.outHeight}x${g.outWidth}`;
  return `${image} * ${filter} /${g.strideHeight},${g.strideWidth} +${g.padTop},${g.padLeft} =${out}`;
}
