/**
 * The exponential and the logarithm of four floats, by arithmetic alone: AssemblyScript's own look
 * up tables, which would lie in the memory that the kernels are given.
 *
 * Reduction by a multiple of log 2 that is held in two parts, so that nothing is lost: W. J. Cody and
 * W. Waite, "Software Manual for the Elementary Functions", 1980. Minimax polynomials: S. L. Moshier,
 * "Methods and Programs for Mathematical Functions", 1989, as in his Cephes library's `expf` and
 * `logf`. Relative errors: below 2e-7.
 */

/** log 2 in two parts: the high one has 9 bits, so that its product with an exponent is exact. */
const LOG2_HIGH: f32 = 0.693359375;
const LOG2_LOW: f32 = -2.1219444e-4;

/** Below, e^x is no normal number, and counts as 0. */
const LOWEST: f32 = -87.33654;

/** 1.5 * 2^23: of the floats around it, the last bit is worth 1, and its own last 9 bits are 0. */
const ROUNDER: f32 = 12582912;

/** `a * b + c` */
function mulAdd(a: v128, b: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.splat(c));
}

/**
 * e^x = 2^n e^r, n = round(x / log 2), thus |r| <= log(2) / 2, for x up to 88;
 * e^r = 1 + r + r^2 p(r).
 */
export function exponential(x: v128): v128 {
  const within = f32x4.pmax(x, f32x4.splat(LOWEST));
  // Adding a number whose last bit is worth 1 rounds to an integer and leaves it in the last bits.
  const shifted = mulAdd(within, f32x4.splat(f32(Math.LOG2E)), ROUNDER);
  const n = f32x4.sub(shifted, f32x4.splat(ROUNDER));
  let r = f32x4.sub(within, f32x4.mul(n, f32x4.splat(LOG2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LOG2_LOW)));
  let p = mulAdd(f32x4.splat(1.98756915e-4), r, 1.3981999507e-3);
  p = mulAdd(p, r, 8.3334519073e-3);
  p = mulAdd(p, r, 4.1665795894e-2);
  p = mulAdd(p, r, 1.6666665459e-1);
  p = mulAdd(p, r, 5.0000001201e-1);
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const twoToN = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, twoToN), f32x4.lt(x, f32x4.splat(LOWEST)));
}

/**
 * log x = n log 2 + log(1 + r), 1 + r in [sqrt(1/2), sqrt(2)), of normal numbers above 0;
 * log(1 + r) = r - r^2 / 2 + r^3 p(r).
 */
export function logarithm(x: v128): v128 {
  // As integers, floats are ordered like logarithms: the exponent is counted from sqrt(1/2) on.
  const exponent = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const n = f32x4.convert_i32x4_s(exponent);
  const r = f32x4.sub(i32x4.sub(x, i32x4.shl(exponent, 23)), f32x4.splat(1));
  const square = f32x4.mul(r, r);
  let p = mulAdd(f32x4.splat(7.0376836292e-2), r, -1.151461031e-1);
  p = mulAdd(p, r, 1.167699874e-1);
  p = mulAdd(p, r, -1.2420140846e-1);
  p = mulAdd(p, r, 1.4249322787e-1);
  p = mulAdd(p, r, -1.6668057665e-1);
  p = mulAdd(p, r, 2.0000714765e-1);
  p = mulAdd(p, r, -2.4999993993e-1);
  p = mulAdd(p, r, 3.3333331174e-1);
  let low = f32x4.mul(f32x4.mul(p, r), square);
  low = f32x4.add(low, f32x4.mul(n, f32x4.splat(LOG2_LOW)));
  low = f32x4.sub(low, f32x4.mul(square, f32x4.splat(0.5)));
  const sum = f32x4.add(f32x4.add(r, low), f32x4.mul(n, f32x4.splat(LOG2_HIGH)));
  // What is no number stays none: its bits would pass for a large one.
  return v128.bitselect(sum, x, f32x4.eq(x, x));
}
