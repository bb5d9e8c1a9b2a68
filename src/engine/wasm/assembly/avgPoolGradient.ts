import { storeFirst } from './elements';
import { firstOf } from './partition';

/**
 * The gradient of `avgPool`: each window shares its own among its pixels inside the image, and what a
 * pixel gets from several windows adds up.
 *
 *   dx[n, i, j, c] = sum over the windows W that hold (i, j) of dy[n, W, c] / |W|
 *
 * Shapes as for `avgPool`. Threads divide the images.
 */
export function avgPoolGradient(
  dy: usize,
  dx: usize,
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
  const imageBytes = usize(inHeight) * rowBytes;
  const first = firstOf(batch, thread, threads);
  const end = firstOf(batch, thread + 1, threads);
  let output = dy + usize(first) * usize(outHeight * outWidth) * pixelBytes;
  for (let n = first; n < end; n++) {
    const image = dx + usize(n) * imageBytes;
    memory.fill(image, 0, imageBytes);
    for (let outY = 0; outY < outHeight; outY++) {
      const cornerY = outY * stride - padTop;
      const top = max(0, cornerY);
      const rows = min(inHeight, cornerY + window) - top;
      for (let outX = 0; outX < outWidth; outX++) {
        const cornerX = outX * stride - padLeft;
        const left = max(0, cornerX);
        const columns = min(inWidth, cornerX + window) - left;
        const corner = image + usize(top) * rowBytes + usize(left) * pixelBytes;
        shareInWindow(output, corner, rows, columns, rowBytes, channels);
        output += pixelBytes;
      }
    }
  }
}

/** One window, cut to the image: its first pixel is at `dx`. */
function shareInWindow(
  dy: usize,
  dx: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  channels: i32,
): void {
  const pixelBytes = usize(channels) << 2;
  const count = f32x4.splat(f32(rows * columns));
  const end = dx + usize(rows) * rowBytes;
  const width = usize(columns) * pixelBytes;
  for (let c = 0; c < channels; c += 4) {
    const at = usize(c) << 2;
    const share = f32x4.div(v128.load(dy + at), count);
    for (let row = dx; row < end; row += rowBytes) {
      const rowEnd = row + width;
      for (let pixel = row; pixel < rowEnd; pixel += pixelBytes) {
        storeFirst(pixel + at, f32x4.add(v128.load(pixel + at), share), channels - c);
      }
    }
  }
}
