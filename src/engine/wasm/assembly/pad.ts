import { firstOf } from './partition';

/**
 * Copies NHWC images into larger ones of zeros: element (y, x) goes to
 * (top + y * dilation, left + x * dilation), so that a convolution never has to ask whether a pixel
 * lies inside. A dilation above 1 puts the zeros of a transposed convolution between the pixels.
 * Pixels that would lie outside are left out.
 */
export function padImages(
  from: usize,
  to: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  dilation: i32,
  paddedHeight: i32,
  paddedWidth: i32,
  thread: i32,
  threads: i32,
): void {
  const pixel = usize(channels) << 2;
  const image = usize(height) * usize(width) * pixel;
  const paddedImage = usize(paddedHeight) * usize(paddedWidth) * pixel;
  const end = firstOf(batch, thread + 1, threads);
  for (let n = firstOf(batch, thread, threads); n < end; n++) {
    const target = to + usize(n) * paddedImage;
    memory.fill(target, 0, paddedImage);
    for (let y = 0; y < height; y++) {
      const toY = top + y * dilation;
      if (toY < 0 || toY >= paddedHeight) continue;
      const source = from + usize(n) * image + usize(y) * usize(width) * pixel;
      const row = target + usize(toY) * usize(paddedWidth) * pixel;
      if (dilation === 1 && left >= 0 && left + width <= paddedWidth) {
        memory.copy(row + usize(left) * pixel, source, usize(width) * pixel);
        continue;
      }
      for (let x = 0; x < width; x++) {
        const toX = left + x * dilation;
        if (toX < 0 || toX >= paddedWidth) continue;
        memory.copy(row + usize(toX) * pixel, source + usize(x) * pixel, pixel);
      }
    }
  }
}
