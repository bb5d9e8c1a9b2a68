import { firstElement, storeFirst } from './elements';

/** The activation that made `y`. The numbers are part of the kernel's interface. */
const RELU: i32 = 1;

/**
 * The derivative of an activation, told from its output `y` `[count]`, in place:
 *
 *   kind 1, ReLU:  dx <- scale * dx where y > 0, else 0
 *   kind 2, tanh:  dx <- (1 - y^2) * dx
 *
 * Dropout behind a ReLU needs no mask of its own on the way back: what was dropped is zero like what
 * was negative, and `scale` is what the rest was multiplied by, `1 / (1 - rate)`.
 */
export function gate(
  dx: usize,
  y: usize,
  count: i32,
  kind: i32,
  scale: f32,
  thread: i32,
  threads: i32,
): void {
  const first = firstElement(count, thread, threads);
  const kept = firstElement(count, thread + 1, threads) - first;
  const at = dx + (usize(first) << 2);
  const output = y + (usize(first) << 2);
  if (kind === RELU) gateRelu(at, output, kept, scale);
  else gateTanh(at, output, kept);
}

function gateRelu(dx: usize, y: usize, count: i32, scale: f32): void {
  const scales = f32x4.splat(scale);
  const whole = usize(count & ~3) << 2;
  let at: usize = 0;
  for (; at < whole; at += 16) v128.store(dx + at, reluGradient(dx + at, y + at, scales));
  storeFirst(dx + at, reluGradient(dx + at, y + at, scales), count & 3);
}

function reluGradient(dx: usize, y: usize, scale: v128): v128 {
  return v128.and(f32x4.mul(v128.load(dx), scale), f32x4.gt(v128.load(y), f32x4.splat(0)));
}

function gateTanh(dx: usize, y: usize, count: i32): void {
  const whole = usize(count & ~3) << 2;
  let at: usize = 0;
  for (; at < whole; at += 16) v128.store(dx + at, tanhGradient(dx + at, y + at));
  storeFirst(dx + at, tanhGradient(dx + at, y + at), count & 3);
}

function tanhGradient(dx: usize, y: usize): v128 {
  const output = v128.load(y);
  const slope = f32x4.sub(f32x4.splat(1), f32x4.mul(output, output));
  return f32x4.mul(v128.load(dx), slope);
}
