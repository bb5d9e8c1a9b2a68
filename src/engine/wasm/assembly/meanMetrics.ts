import { METRICS } from './step';

/**
 * The means of `losses` and `right`, `[batch]` floats each, as two floats at the address that `step`
 * holds: the step's loss and its accuracy. One thread alone adds them, in their order and in double
 * precision: there are too few to share.
 */
export function meanMetrics(
  losses: usize,
  right: usize,
  step: usize,
  batch: i32,
  thread: i32,
  _threads: i32,
): void {
  if (thread > 0) return;
  let loss: f64 = 0;
  let hits: f64 = 0;
  for (let n = 0; n < batch; n++) {
    loss += f64(load<f32>(losses + (usize(n) << 2)));
    hits += f64(load<f32>(right + (usize(n) << 2)));
  }
  const metrics = usize(load<u32>(step, METRICS));
  store<f32>(metrics, f32(loss / f64(batch)));
  store<f32>(metrics, f32(hits / f64(batch)), 4);
}
