import { clearMargins, clearRest, isRoot, powerTimesNorm, raiseNorms, squareRows } from './lrnRows';
import { firstOf } from './partition';
import { gatherRows, rowsBytes, scatterRows } from './pixelRows';
import { sumFourWindows } from './windowSums';

/**
 * The gradient of `lrn`. Channel c moves its own output, and through the sums those of its neighbours:
 *
 *   dx[c] = dy[c] * d[c]^-beta - 2 * alpha * beta * x[c] * sum over k in c-r..c+r of t[k]
 *   t[k]  = dy[k] * x[k] * d[k]^(-beta - 1)
 *   d[k]  = bias + alpha * sum over i in k-r..k+r of x[i]^2
 *
 * for each pixel; `dy`, `x` and `dx` `[pixels, channels]`. (The chain rule applied to Krizhevsky et al.
 * 2012, section 3.3.) d is worked out again: that is cheaper than to keep it. Threads divide the
 * pixels; scratch as for `lrn`.
 */
export function lrnGradient(
  dy: usize,
  x: usize,
  dx: usize,
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
    lrnGradient(dy, x, dx, items, 1, 1, bias, alpha, beta, scratch, scratchBytes, thread, threads);
    return;
  }
  const bytes = rowsBytes(channels);
  const span = usize(min(radius, channels)) << 4;
  const sums = scratch + usize(thread) * usize(scratchBytes);
  const values = sums + 128;
  const gradients = values + bytes;
  const squares = gradients + bytes + span;
  const pulls = squares + bytes + 2 * span;
  clearMargins(squares, bytes, span);
  clearMargins(pulls, bytes, span);
  const end = firstOf(pixels, thread + 1, threads);
  for (let pixel = firstOf(pixels, thread, threads); pixel < end; pixel += 4) {
    const at = usize(pixel) * (usize(channels) << 2);
    gatherRows(x + at, end - pixel, channels, values);
    gatherRows(dy + at, end - pixel, channels, gradients);
    squareRows(values, squares, bytes);
    clearRest(squares, bytes, channels);
    ownGradients(gradients, values, bytes, squares, span, sums, pulls, bias, alpha, beta);
    clearRest(pulls, bytes, channels);
    subtractPulls(gradients, values, bytes, pulls, span, sums, 2 * alpha * beta);
    scatterRows(gradients, dx + at, end - pixel, channels);
  }
}

/** `gradients <- gradients * d^-beta`, and t. */
function ownGradients(
  gradients: usize,
  values: usize,
  bytes: usize,
  squares: usize,
  span: usize,
  sums: usize,
  pulls: usize,
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
      const inverse = f32x4.div(f32x4.splat(1), d);
      const at = block + i;
      const power = f32x4.mul(powerTimesNorm(d, beta, sums + 64 + i), inverse);
      const own = f32x4.mul(v128.load(gradients + at), power);
      v128.store(gradients + at, own);
      v128.store(pulls + at, f32x4.mul(own, f32x4.mul(v128.load(values + at), inverse)));
    }
  }
}

/** `gradients <- gradients - scale * values * (window sum of t)` */
function subtractPulls(
  gradients: usize,
  values: usize,
  bytes: usize,
  pulls: usize,
  span: usize,
  sums: usize,
  scale: f32,
): void {
  const scales = f32x4.splat(scale);
  for (let block: usize = 0; block < bytes; block += 64) {
    sumFourWindows(pulls + block, span, sums);
    for (let i: usize = 0; i < 64; i += 16) {
      const at = block + i;
      const pull = f32x4.mul(f32x4.mul(scales, v128.load(values + at)), v128.load(sums + i));
      v128.store(gradients + at, f32x4.sub(v128.load(gradients + at), pull));
    }
  }
}
