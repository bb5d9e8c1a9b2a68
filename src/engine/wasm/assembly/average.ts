import { firstElement, storeFirst } from './elements';
import { AVERAGE } from './step';
import { vanishAll } from './vanish';

/** `VANISHING.weight` of `domain/recipe/optimizerRule.ts`. */
const LEAST: f32 = 1e-28;

/**
 * The moving average of `[count]` weights, in place (Polyak and Juditsky 1992):
 *
 *   a <- a + (1 - step.average) (w - a)
 *
 * The average of a weight that became 0 would shrink for ever: what vanishes becomes 0 too.
 */
export function average(
  a: usize,
  w: usize,
  count: i32,
  step: usize,
  thread: i32,
  threads: i32,
): void {
  const end = firstElement(count, thread + 1, threads);
  const takes = f32x4.splat(1 - load<f32>(step, AVERAGE));
  for (let i = firstElement(count, thread, threads); i < end; i += 4) {
    const at = usize(i) << 2;
    const old = v128.load(a + at);
    const change = f32x4.mul(takes, f32x4.sub(v128.load(w + at), old));
    storeFirst(a + at, vanishAll(f32x4.add(old, change), LEAST), end - i);
  }
}
