import { firstElement, storeFirst } from './elements';
import { DECAY, RATE, STEPS_DONE } from './step';

/**
 * One update of Adam (Kingma and Ba 2015, in the form of its section 2, as TensorFlow has it), in
 * place, on `[count]` weights, moments and gradients:
 *
 *   m <- b1 m + (1 - b1) g,   v <- b2 v + (1 - b2) g^2
 *   w <- w (1 - decay) - rate m / (sqrt(v) + epsilon)
 *
 * with `decay` of `step` where `decays` is 1 (Loshchilov and Hutter 2019, algorithm 2), else 0.
 * `step.rate` is `lr sqrt(1 - b2^t) / (1 - b1^t)`, with t the number of updates, this one included.
 * Every operation rounds as tensor operations in single precision do: the same bits as
 * `training/adam.ts` on tfjs-cpu, but for first moments that vanish. The betas come as doubles,
 * because for a float near 0.999, 1 - b2 is off by 1e-5 of itself.
 */
export function adam(
  w: usize,
  m: usize,
  v: usize,
  g: usize,
  count: i32,
  step: usize,
  beta1: f64,
  beta2: f64,
  epsilon: f32,
  decays: i32,
  thread: i32,
  threads: i32,
): void {
  let i = firstElement(count, thread, threads);
  const end = firstElement(count, thread + 1, threads);
  if (load<u32>(step, STEPS_DONE) % SWEEP_EVERY === 0) dropVanishing(m + (usize(i) << 2), end - i);

  const rate = load<f32>(step, RATE);
  const stay: f32 = decays ? 1 - load<f32>(step, DECAY) : 1;
  const stays = f32x4.splat(stay);
  const keep1 = f32(beta1);
  const take1 = f32(1 - beta1);
  const keep2 = f32(beta2);
  const take2 = f32(1 - beta2);
  const rates = f32x4.splat(rate);
  const keeps1 = f32x4.splat(keep1);
  const takes1 = f32x4.splat(take1);
  const keeps2 = f32x4.splat(keep2);
  const takes2 = f32x4.splat(take2);
  const epsilons = f32x4.splat(epsilon);
  for (; i + 4 <= end; i += 4) {
    const at = usize(i) << 2;
    const gs = v128.load(g + at);
    const ms = f32x4.add(f32x4.mul(v128.load(m + at), keeps1), f32x4.mul(gs, takes1));
    const squares = f32x4.mul(gs, gs);
    const vs = f32x4.add(f32x4.mul(v128.load(v + at), keeps2), f32x4.mul(squares, takes2));
    const change = f32x4.div(f32x4.mul(ms, rates), f32x4.add(f32x4.sqrt(vs), epsilons));
    v128.store(m + at, ms);
    v128.store(v + at, vs);
    v128.store(w + at, f32x4.sub(f32x4.mul(v128.load(w + at), stays), change));
  }
  // The same for the last up to 3, one by one.
  for (; i < end; i++) {
    const at = usize(i) << 2;
    const g1 = load<f32>(g + at);
    const m1 = load<f32>(m + at) * keep1 + g1 * take1;
    const v1 = load<f32>(v + at) * keep2 + g1 * g1 * take2;
    store<f32>(m + at, m1);
    store<f32>(v + at, v1);
    store<f32>(w + at, load<f32>(w + at) * stay - (m1 * rate) / (sqrt<f32>(v1) + epsilon));
  }
}

/**
 * The first moment of a weight that gets no gradient any more shrinks for ever, to subnormal numbers,
 * with which many processors are a hundred times slower. Between two sweeps it stays far from them.
 */
const SWEEP_EVERY: u32 = 64;
/** A smaller first moment counts as 0: no weight would notice it. */
const VANISHING: f32 = 1e-28;

function dropVanishing(m: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const at = m + (usize(i) << 2);
    const moments = v128.load(at);
    const vanishes = f32x4.lt(f32x4.abs(moments), f32x4.splat(VANISHING));
    storeFirst(at, v128.andnot(moments, vanishes), count - i);
  }
}
