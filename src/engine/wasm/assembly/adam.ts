import { firstElement } from './elements';
import { DECAY, RATE } from './step';
import { vanish, vanishAll } from './vanish';

/** `VANISHING` of `domain/recipe/optimizerRule.ts`. */
const WEIGHT: f32 = 1e-28;
const FIRST: f32 = 1e-28;
const SECOND: f32 = 1e-35;
const GRADIENT: f32 = 1e-16;

/**
 * One update of Adam (Kingma and Ba 2015, in the form of its section 2, as TensorFlow has it), in
 * place, on `[count]` weights, moments and gradients:
 *
 *   m <- b1 m + (1 - b1) g,   v <- b2 v + (1 - b2) g^2
 *   w <- w - (w decay + rate m / (sqrt(v) + epsilon))
 *
 * with `decay` of `step` where `decays` is 1 (Loshchilov and Hutter 2019, algorithm 2), else 0.
 * `step.rate` is `lr sqrt(1 - b2^t) / (1 - b1^t)`, with t the number of updates, this one included.
 * What vanishes becomes 0. Every operation rounds as tensor operations in single precision do: the same
 * bits as `training/adam.ts` on tfjs-cpu. The betas come as doubles, because for a float near 0.999,
 * 1 - b2 is off by 1e-5 of itself.
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
  const rate = load<f32>(step, RATE);
  const decay: f32 = decays ? load<f32>(step, DECAY) : 0;
  const shares = f32x4.splat(decay);
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
    const ws = v128.load(w + at);
    const firsts = f32x4.add(f32x4.mul(v128.load(m + at), keeps1), f32x4.mul(gs, takes1));
    const ms = vanishAll(firsts, FIRST);
    const felt = vanishAll(gs, GRADIENT);
    const squares = f32x4.mul(f32x4.mul(felt, felt), takes2);
    const vs = vanishAll(f32x4.add(f32x4.mul(v128.load(v + at), keeps2), squares), SECOND);
    const moves = f32x4.div(f32x4.mul(ms, rates), f32x4.add(f32x4.sqrt(vs), epsilons));
    const changes = f32x4.add(f32x4.mul(ws, shares), moves);
    v128.store(m + at, ms);
    v128.store(v + at, vs);
    v128.store(w + at, vanishAll(f32x4.sub(ws, changes), WEIGHT));
  }
  // The same for the last up to 3, one by one.
  for (; i < end; i++) {
    const at = usize(i) << 2;
    const g1 = load<f32>(g + at);
    const w1 = load<f32>(w + at);
    const m1 = vanish(load<f32>(m + at) * keep1 + g1 * take1, FIRST);
    const felt = vanish(g1, GRADIENT);
    const v1 = vanish(load<f32>(v + at) * keep2 + felt * felt * take2, SECOND);
    const change = w1 * decay + (m1 * rate) / (sqrt<f32>(v1) + epsilon);
    store<f32>(m + at, m1);
    store<f32>(v + at, v1);
    store<f32>(w + at, vanish(w1 - change, WEIGHT));
  }
}
