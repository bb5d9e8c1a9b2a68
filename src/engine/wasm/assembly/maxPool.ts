import { storeFirst } from './elements';
import { firstOf } from './partition';

/**
 * The largest pixel of each window, and where it stands:
 *
 *   y[n, oy, ox, c]      = max over (ky, kx) of x[n, oy * stride - padTop + ky, ox * stride - padLeft + kx, c]
 *   argmax[n, oy, ox, c] = ky * window + kx of the first largest, in one byte
 *
 * `x` `[batch, inHeight, inWidth, channels]`, `y` and `argmax` `[batch, outHeight, outWidth, channels]`,
 * windows of at most 15 by 15. Pixels outside the image never win, nor does what is no number; where
 * nothing wins, y is -Infinity and argmax 255, the place of no pixel. Overlapping windows as in
 * Krizhevsky et al. 2012, section 3.4. Threads divide the output rows of all images.
 */
export function maxPool(
  x: usize,
  y: usize,
  argmax: usize,
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
  let output = first * outWidth * channels;
  for (let outRow = first; outRow < end; outRow++) {
    const image = x + usize(outRow / outHeight) * usize(inHeight) * rowBytes;
    const cornerY = (outRow % outHeight) * stride - padTop;
    const top = max(0, cornerY);
    const rows = min(inHeight, cornerY + window) - top;
    for (let outX = 0; outX < outWidth; outX++) {
      const cornerX = outX * stride - padLeft;
      const left = max(0, cornerX);
      const columns = min(inWidth, cornerX + window) - left;
      maxOfWindow(
        image + usize(top) * rowBytes + usize(left) * pixelBytes,
        rows,
        columns,
        rowBytes,
        pixelBytes,
        (top - cornerY) * window + left - cornerX,
        window,
        y + (usize(output) << 2),
        argmax + usize(output),
        channels,
      );
      output += channels;
    }
  }
}

/** One window, cut to the image: its first pixel is at `x` and has the place `place`. */
function maxOfWindow(
  x: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  pixelBytes: usize,
  place: i32,
  window: i32,
  y: usize,
  argmax: usize,
  channels: i32,
): void {
  const one = i32x4.splat(1);
  const end = x + usize(rows) * rowBytes;
  const width = usize(columns) * pixelBytes;
  for (let c = 0; c < channels; c += 8) {
    const at = usize(c) << 2;
    let best0 = f32x4.splat(-Infinity);
    let best1 = f32x4.splat(-Infinity);
    // Places count from 1 here: 0 is none. They only grow, so that a maximum takes the latest.
    let place0 = i32x4.splat(0);
    let place1 = i32x4.splat(0);
    let rowPlace = place + 1;
    for (let row = x; row < end; row += rowBytes) {
      let candidate = i32x4.splat(rowPlace);
      const rowEnd = row + width;
      for (let pixel = row; pixel < rowEnd; pixel += pixelBytes) {
        const value0 = v128.load(pixel + at);
        const value1 = v128.load(pixel + at, 16);
        const larger0 = f32x4.gt(value0, best0);
        const larger1 = f32x4.gt(value1, best1);
        place0 = i32x4.max_s(place0, v128.and(larger0, candidate));
        place1 = i32x4.max_s(place1, v128.and(larger1, candidate));
        // The second argument only where it is larger.
        best0 = f32x4.pmax(best0, value0);
        best1 = f32x4.pmax(best1, value1);
        candidate = i32x4.add(candidate, one);
      }
      rowPlace += window;
    }
    storeFirst(y + at, best0, channels - c);
    storeFirst(y + at + 16, best1, channels - c - 4);
    storePlaces(argmax + usize(c), place0, place1, channels - c);
  }
}

/** Writes the first `count` of 8 places, a byte each. */
function storePlaces(to: usize, left: v128, right: v128, count: i32): void {
  const words = i16x8.narrow_i32x4_s(left, right);
  const bytes = i8x16.sub(i8x16.narrow_i16x8_u(words, words), i8x16.splat(1));
  if (count >= 8) {
    v128.store64_lane(to, bytes, 0);
    return;
  }
  let rest = i64x2.extract_lane(bytes, 0);
  for (let i = 0; i < count; i++) {
    store<u8>(to + usize(i), u8(rest));
    rest >>= 8;
  }
}
