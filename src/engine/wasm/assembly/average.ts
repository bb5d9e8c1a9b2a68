import { firstElement, storeFirst } from './elements';
import { AVERAGE } from './step';

/**
 * The moving average of `[count]` weights, in place (Polyak and Juditsky 1992):
 *
 *   a <- a + (1 - step.average) (w - a)
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
    storeFirst(a + at, f32x4.add(old, change), end - i);
  }
}
