import { TILE_ROWS } from './tile';

/**
 * Writes the address where the window of each output pixel `first` to `end - 1` (counted over all
 * images) begins, as u32, and the last one again until a tile is full. Gives the end of what it wrote.
 */
export function writeWindows(
  to: usize,
  x: usize,
  first: i32,
  end: i32,
  imageBytes: usize,
  outHeight: i32,
  rowStep: usize,
  outWidth: i32,
  pixelStep: usize,
): usize {
  const outPixels = outHeight * outWidth;
  let image = first / outPixels;
  let y = (first % outPixels) / outWidth;
  let outX = first % outWidth;
  let at = to;
  let window: usize = 0;
  for (let pixel = first; pixel < end; pixel++) {
    window = x + usize(image) * imageBytes + usize(y) * rowStep + usize(outX) * pixelStep;
    store<u32>(at, u32(window));
    at += 4;
    if (++outX < outWidth) continue;
    outX = 0;
    if (++y < outHeight) continue;
    y = 0;
    image++;
  }
  for (let count = end - first; count % TILE_ROWS !== 0; count++) {
    store<u32>(at, u32(window));
    at += 4;
  }
  return at;
}
