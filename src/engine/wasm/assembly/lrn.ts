import { clearMargins, clearRest, isRoot, powerTimesNorm, raiseNorms, squareRows } from './lrnRows';
import { firstOf } from './partition';
import { gatherRows, rowsBytes, scatterRows } from './pixelRows';
import { sumFourWindows } from './windowSums';

/**
 * Local response normalisation across channels:
 *
 *   y[p, c] = x[p, c] * d[p, c]^-beta,  d[p, c] = bias + alpha * sum over k in c-r..c+r of x[p, k]^2
 *
 * `x` and `y` `[pixels, channels]`; channels outside count as zeros. (Krizhevsky et al. 2012, section
 * 3.3; alpha is not divided by the window.) Threads divide the pixels. `scratch + thread * scratchBytes`
 * is the thread's own: `lrnScratchBytes(channels, radius)`, that is 16 * (8 + 4 * channels + 4 * radius)
 * with the channels rounded up to a multiple of 4 and the radius from 1 to the channels.
 */
export function lrn(
  x: usize,
  y: usize,
  pixels: i32,
  channels: i32,
  radius: i32,
  bias: f32,
  alpha: f32,
  beta: f32,
  scratch: usize,
  scratchBytes: i32,
  thread: i32,
  threads: i32,
): void {
  if (radius === 0) {
    // Every channel stands alone, like a pixel.
    const items = pixels * channels;
    lrn(x, y, items, 1, 1, bias, alpha, beta, scratch, scratchBytes, thread, threads);
    return;
  }
  const bytes = rowsBytes(channels);
  const span = usize(min(radius, channels)) << 4;
  const sums = scratch + usize(thread) * usize(scratchBytes);
  const values = sums + 128;
  const squares = values + bytes + span;
  clearMargins(squares, bytes, span);
  const end = firstOf(pixels, thread + 1, threads);
  for (let pixel = firstOf(pixels, thread, threads); pixel < end; pixel += 4) {
    const at = usize(pixel) * (usize(channels) << 2);
    gatherRows(x + at, end - pixel, channels, values);
    squareRows(values, squares, bytes);
    clearRest(squares, bytes, channels);
    normalise(values, bytes, squares, span, sums, bias, alpha, beta);
    scatterRows(values, y + at, end - pixel, channels);
  }
}

/**
 * `values <- values * d^-beta`. Sums and powers in one loop: the processor adds for the next rows
 * while the square roots and the quotients of these are on their way.
 */
function normalise(
  values: usize,
  bytes: usize,
  squares: usize,
  span: usize,
  sums: usize,
  bias: f32,
  alpha: f32,
  beta: f32,
): void {
  const biases = f32x4.splat(bias);
  const alphas = f32x4.splat(alpha);
  for (let block: usize = 0; block < bytes; block += 64) {
    sumFourWindows(squares + block, span, sums);
    if (!isRoot(beta)) raiseNorms(sums, bias, alpha, beta);
    for (let i: usize = 0; i < 64; i += 16) {
      const d = f32x4.add(biases, f32x4.mul(alphas, v128.load(sums + i)));
      const factor = f32x4.div(powerTimesNorm(d, beta, sums + 64 + i), d);
      const at = values + block + i;
      v128.store(at, f32x4.mul(v128.load(at), factor));
    }
  }
}
