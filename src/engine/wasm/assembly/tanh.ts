import { firstElement, storeFirst } from './elements';

/** `y <- tanh(y)`, `y` `[count]`, in place. */
export function tanhInPlace(y: usize, count: i32, thread: i32, threads: i32): void {
  const end = firstElement(count, thread + 1, threads);
  const whole = y + (usize(end & ~3) << 2);
  let at = y + (usize(firstElement(count, thread, threads)) << 2);
  for (; at < whole; at += 16) v128.store(at, hyperbolicTangent(v128.load(at)));
  storeFirst(at, hyperbolicTangent(v128.load(at)), end & 3);
}

/** From here on, tanh x is 1 but for 3e-7. */
const SATURATED: f32 = 7.9053111;

/**
 * tanh x = x p(x^2) / q(x^2), a minimax rational function of degrees 13 and 6 over the range where
 * tanh is not yet 1; beyond, its value at the end. Coefficients: Eigen's `generic_fast_tanh_float`
 * (Guennebaud, Jacob and others). Relative error: below 5e-7.
 */
function hyperbolicTangent(argument: v128): v128 {
  const limit = f32x4.splat(SATURATED);
  const x = f32x4.pmax(f32x4.pmin(argument, limit), f32x4.neg(limit));
  const square = f32x4.mul(x, x);
  let p = mulAdd(f32x4.splat(-2.76076847742355e-16), square, 2.00018790482477e-13);
  p = mulAdd(p, square, -8.60467152213735e-11);
  p = mulAdd(p, square, 5.12229709037114e-8);
  p = mulAdd(p, square, 1.48572235717979e-5);
  p = mulAdd(p, square, 6.37261928875436e-4);
  p = mulAdd(p, square, 4.89352455891786e-3);
  let q = mulAdd(f32x4.splat(1.19825839466702e-6), square, 1.18534705686654e-4);
  q = mulAdd(q, square, 2.268434632439e-3);
  q = mulAdd(q, square, 4.89352518554385e-3);
  return f32x4.div(f32x4.mul(x, p), q);
}

/** `a * b + c` */
function mulAdd(a: v128, b: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.splat(c));
}
