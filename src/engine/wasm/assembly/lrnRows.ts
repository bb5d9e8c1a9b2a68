import { exponential, logarithm } from './exponential';

/** What `lrn` and its gradient share, on rows as `gatherRows` makes them. */

/** The channels before the first and behind the last count as zeros, as far as a window reaches. */
export function clearMargins(rows: usize, bytes: usize, span: usize): void {
  memory.fill(rows - span, 0, span);
  memory.fill(rows + bytes, 0, span);
}

/** Rows of no channel, up to 3, that `gatherRows` filled with anything. */
export function clearRest(rows: usize, bytes: usize, channels: i32): void {
  const end = rows + bytes;
  for (let row = rows + (usize(channels) << 4); row < end; row += 16) {
    v128.store(row, f32x4.splat(0));
  }
}

export function squareRows(from: usize, squares: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = v128.load(from + at);
    v128.store(squares + at, f32x4.mul(value, value));
  }
}

/**
 * `d^(1 - beta)`, which is `d^-beta` once it is divided by d. The exponents of the papers are made of
 * square roots, which are exact to the last bit; for others the power is what `raiseNorms` left at
 * `raised`.
 */
export function powerTimesNorm(d: v128, beta: f32, raised: usize): v128 {
  if (beta === 0.75) return f32x4.sqrt(f32x4.sqrt(d));
  if (beta === 0.5) return f32x4.sqrt(d);
  return v128.load(raised);
}

export function isRoot(beta: f32): bool {
  return beta === 0.75 || beta === 0.5;
}

/**
 * From four window sums, the `d^(1 - beta)` of their norms d = bias + alpha * sum, in the four rows
 * behind. Apart, so that this long computation takes no registers from the loops of the usual betas.
 */
export function raiseNorms(sums: usize, bias: f32, alpha: f32, beta: f32): void {
  const exponents = f32x4.splat(1 - beta);
  for (let sum = sums; sum < sums + 64; sum += 16) {
    const d = f32x4.add(f32x4.splat(bias), f32x4.mul(f32x4.splat(alpha), v128.load(sum)));
    v128.store(sum, exponential(f32x4.mul(exponents, logarithm(d))), 64);
  }
}
