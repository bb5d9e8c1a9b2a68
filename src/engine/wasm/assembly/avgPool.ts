import { storeFirst } from './elements';
import { firstOf } from './partition';

/**
 * The mean of each window, over the pixels of it that lie inside the image:
 *
 *   y[n, oy, ox, c] = 1 / |W| * sum over (i, j) in W of x[n, i, j, c]
 *   W = { (i, j) inside the image: 0 <= i - oy * stride + padTop < window, 0 <= j - ox * stride + padLeft < window }
 *
 * `x` `[batch, inHeight, inWidth, channels]`, `y` `[batch, outHeight, outWidth, channels]`. Leaving
 * out the padding is what TensorFlow does (`tf.nn.avg_pool`). Threads divide the output rows of all
 * images.
 */
export function avgPool(
  x: usize,
  y: usize,
  batch: i32,
  inHeight: i32,
  inWidth: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  window: i32,
  stride: i32,
  padTop: i32,
  padLeft: i32,
  thread: i32,
  threads: i32,
): void {
  const pixelBytes = usize(channels) << 2;
  const rowBytes = usize(inWidth) * pixelBytes;
  const first = firstOf(batch * outHeight, thread, threads);
  const end = firstOf(batch * outHeight, thread + 1, threads);
  let output = y + usize(first) * usize(outWidth) * pixelBytes;
  for (let outRow = first; outRow < end; outRow++) {
    const image = x + usize(outRow / outHeight) * usize(inHeight) * rowBytes;
    const cornerY = (outRow % outHeight) * stride - padTop;
    const top = max(0, cornerY);
    const rows = min(inHeight, cornerY + window) - top;
    for (let outX = 0; outX < outWidth; outX++) {
      const cornerX = outX * stride - padLeft;
      const left = max(0, cornerX);
      const columns = min(inWidth, cornerX + window) - left;
      const corner = image + usize(top) * rowBytes + usize(left) * pixelBytes;
      meanOfWindow(corner, rows, columns, rowBytes, output, channels);
      output += pixelBytes;
    }
  }
}

/** One window, cut to the image: its first pixel is at `x`. */
function meanOfWindow(
  x: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  y: usize,
  channels: i32,
): void {
  const pixelBytes = usize(channels) << 2;
  const count = f32x4.splat(f32(rows * columns));
  const end = x + usize(rows) * rowBytes;
  const width = usize(columns) * pixelBytes;
  for (let c = 0; c < channels; c += 8) {
    const at = usize(c) << 2;
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    for (let row = x; row < end; row += rowBytes) {
      const rowEnd = row + width;
      for (let pixel = row; pixel < rowEnd; pixel += pixelBytes) {
        sum0 = f32x4.add(sum0, v128.load(pixel + at));
        sum1 = f32x4.add(sum1, v128.load(pixel + at, 16));
      }
    }
    storeFirst(y + at, f32x4.div(sum0, count), channels - c);
    storeFirst(y + at + 16, f32x4.div(sum1, count), channels - c - 4);
  }
}
