import type { PoolGeometry } from '../../../domain/architecture/window.ts';

/** What max and average pooling have in common. NHWC. */

/** Whether a window lies beside the image altogether. */
export function hasEmptyWindow(g: PoolGeometry): boolean {
  const isEmpty = (out: number, stride: number, window: number, pad: number, size: number) =>
    pad >= window || (out - 1) * stride - pad >= size;
  return (
    isEmpty(g.outHeight, g.strideHeight, g.windowHeight, g.padTop, g.inHeight) ||
    isEmpty(g.outWidth, g.strideWidth, g.windowWidth, g.padLeft, g.inWidth)
  );
}

export const poolInputFloats = (g: PoolGeometry): number =>
  g.batch * g.inHeight * g.inWidth * g.channels;

export const poolOutputFloats = (g: PoolGeometry): number =>
  g.batch * g.outHeight * g.outWidth * g.channels;

export function poolKey(g: PoolGeometry): string {
  const image = [g.batch, g.inHeight, g.inWidth, g.channels].join('x');
  const window = `${g.windowHeight}x${g.windowWidth}`;
  return `${image} by ${window} /${g.strideHeight},${g.strideWidth} +${g.padTop},${g.padLeft} =${g.outHeight}x${g.outWidth}`;
}

/** WGSL: from `item` to `vector`, and the output pixel's image `n` and window `top..bottom`, `left..right`. */
export function windowOfOutput(g: PoolGeometry, vectors: number): string {
  return `
  let vector = item % ${vectors}u;
  let j = i32(item / ${vectors}u % ${g.outWidth}u);
  let i = i32(item / ${vectors * g.outWidth}u % ${g.outHeight}u);
  let n = i32(item / ${vectors * g.outWidth * g.outHeight}u);
  let y0 = i * ${g.strideHeight} - ${g.padTop};
  let x0 = j * ${g.strideWidth} - ${g.padLeft};
  let top = max(y0, 0);
  let bottom = min(y0 + ${g.windowHeight}, ${g.inHeight});
  let left = max(x0, 0);
  let right = min(x0 + ${g.windowWidth}, ${g.inWidth});`;
}

/** WGSL: from `item`, an input element, to the output pixels `i0..i1`, `j0..j1` whose windows hold it. */
export function outputsOfInput(g: PoolGeometry, vectors: number): string {
  const { strideHeight: sh, strideWidth: sw } = g;
  return `
  let vector = item % ${vectors}u;
  let x = i32(item / ${vectors}u % ${g.inWidth}u) + ${g.padLeft};
  let y = i32(item / ${vectors * g.inWidth}u % ${g.inHeight}u) + ${g.padTop};
  let n = i32(item / ${vectors * g.inWidth * g.inHeight}u);
  let i0 = max(y - ${g.windowHeight - 1} + ${sh - 1}, 0) / ${sh};
  let i1 = min(y / ${sh}, ${g.outHeight - 1});
  let j0 = max(x - ${g.windowWidth - 1} + ${sw - 1}, 0) / ${sw};
  let j1 = min(x / ${sw}, ${g.outWidth - 1});`;
}
