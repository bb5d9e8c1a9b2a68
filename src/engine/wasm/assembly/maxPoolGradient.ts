import { firstOf } from './partition';

/** What `maxPool` writes where nothing won. */
const NO_PLACE: i32 = 255;

/**
 * The gradient of `maxPool`: each window's goes to the pixel that won it, and what a pixel wins from
 * several windows adds up.
 *
 *   dx[n, y, x, c] = sum of dy[n, oy, ox, c] over the windows with
 *     (y, x) = (oy * stride - padTop + ky, ox * stride - padLeft + kx), ky * window + kx = argmax[n, oy, ox, c]
 *
 * Shapes as for `maxPool`. Threads divide the images. Channel by channel: a window has one winner a
 * channel, and asking all pixels whether they are it costs more than four channels at once save.
 */
export function maxPoolGradient(
  dy: usize,
  argmax: usize,
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
  const rowFloats = inWidth * channels;
  const imageFloats = inHeight * rowFloats;
  const outRowFloats = outWidth * channels;
  const end = firstOf(batch, thread + 1, threads);
  for (let n = firstOf(batch, thread, threads); n < end; n++) {
    const image = dx + ((usize(n) * usize(imageFloats)) << 2);
    memory.fill(image, 0, usize(imageFloats) << 2);
    for (let outY = 0; outY < outHeight; outY++) {
      const output = (n * outHeight + outY) * outRowFloats;
      // The corner may lie outside the image; the winner does not.
      const corner = (outY * stride - padTop) * rowFloats - padLeft * channels;
      scatterRow(
        dy + (usize(output) << 2),
        argmax + usize(output),
        image + (usize(corner) << 2),
        outWidth,
        channels,
        window,
        usize(stride * channels) << 2,
        rowFloats,
      );
    }
  }
}

function scatterRow(
  dy: usize,
  argmax: usize,
  corner: usize,
  outWidth: i32,
  channels: i32,
  window: i32,
  step: usize,
  rowFloats: i32,
): void {
  // place / window, rounded down, is place * inverse / 65536 for every byte.
  const inverse = 65536 / window + 1;
  const rowExtra = rowFloats - window * channels;
  let from = dy;
  let place = argmax;
  let windowCorner = corner;
  for (let outX = 0; outX < outWidth; outX++) {
    const end = place + usize(channels);
    let target = windowCorner;
    for (; place < end; place++) {
      const k = i32(load<u8>(place));
      if (k !== NO_PLACE) {
        const ky = (k * inverse) >> 16;
        const to = target + (usize(k * channels + ky * rowExtra) << 2);
        store<f32>(to, load<f32>(to) + load<f32>(from));
      }
      from += 4;
      target += 4;
    }
    windowCorner += step;
  }
}
