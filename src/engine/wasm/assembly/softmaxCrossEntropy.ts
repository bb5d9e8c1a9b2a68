import { storeFirst } from './elements';
import { exponential, logarithm } from './exponential';
import { firstOf } from './partition';

/**
 * The loss and its gradient, averaged over the batch:
 *
 *   p = softmax(logits),  losses[n] = -log p[n, label],  dlogits = (p - target) / batch
 *   target = (1 - smoothing) onehot(label) + smoothing / classes
 *
 * (label smoothing: Szegedy et al. 2016, section 7; the loss that is told is that without it),
 * with the largest logit subtracted first, so that no exponential overflows; `right[n]` is 1 where
 * the largest logit (the first of equal ones) is the label's, else 0. `logits` and `dlogits` are
 * `[batch, classes]`, `batchLabels` `[batch]` u16, `losses` and `right` `[batch]` floats. Threads
 * divide the batch. Goodfellow, Bengio, Courville, "Deep Learning", 2016, section 6.2.2.3.
 */
export function softmaxCrossEntropy(
  logits: usize,
  batchLabels: usize,
  dlogits: usize,
  losses: usize,
  right: usize,
  batch: i32,
  classes: i32,
  smoothing: f32,
  thread: i32,
  threads: i32,
): void {
  const pitch = usize(classes) << 2;
  const end = firstOf(batch, thread + 1, threads);
  for (let n = firstOf(batch, thread, threads); n < end; n++) {
    const row = logits + usize(n) * pitch;
    const gradient = dlogits + usize(n) * pitch;
    const label = i32(load<u16>(batchLabels + (usize(n) << 1)));
    const predicted = indexOfLargest(row, classes);
    const largest = load<f32>(row + (usize(predicted) << 2));
    const sum = writeExponentials(row, gradient, classes, largest);
    writeGradient(gradient, classes, label, sum, f32(batch), smoothing);
    const logSum = f32x4.extract_lane(logarithm(f32x4.splat(sum)), 0);
    const loss = logSum + (largest - load<f32>(row + (usize(label) << 2)));
    store<f32>(losses + (usize(n) << 2), loss);
    store<f32>(right + (usize(n) << 2), predicted === label ? 1 : 0);
  }
}

function indexOfLargest(row: usize, classes: i32): i32 {
  let largest = load<f32>(row);
  let index = 0;
  for (let c = 1; c < classes; c++) {
    const logit = load<f32>(row + (usize(c) << 2));
    if (logit <= largest) continue;
    // Also what is no number: the loss must not hide it.
    largest = logit;
    index = c;
  }
  return index;
}

/** Writes `e^(logit - largest)` and returns their sum. */
function writeExponentials(row: usize, to: usize, classes: i32, largest: f32): f32 {
  const subtracted = f32x4.splat(largest);
  let sums = f32x4.splat(0);
  for (let c = 0; c < classes; c += 4) {
    const at = usize(c) << 2;
    const powers = exponential(f32x4.sub(v128.load(row + at), subtracted));
    storeFirst(to + at, powers, classes - c);
    const isClass = i32x4.lt_s(lanesFrom(c), i32x4.splat(classes));
    sums = f32x4.add(sums, v128.and(powers, isClass));
  }
  const left = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1);
  return left + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
}

/** Makes of the exponentials, in place, the gradient. */
function writeGradient(
  row: usize,
  classes: i32,
  label: i32,
  sum: f32,
  batch: f32,
  smoothing: f32,
): void {
  const one = f32x4.splat(1 - smoothing);
  const others = f32x4.splat(smoothing / f32(classes));
  for (let c = 0; c < classes; c += 4) {
    const at = row + (usize(c) << 2);
    const p = f32x4.div(v128.load(at), f32x4.splat(sum));
    const onehot = v128.and(one, i32x4.eq(lanesFrom(c), i32x4.splat(label)));
    const target = f32x4.add(onehot, others);
    storeFirst(at, f32x4.div(f32x4.sub(p, target), f32x4.splat(batch)), classes - c);
  }
}

/** The integers `first` to `first + 3`. */
function lanesFrom(first: i32): v128 {
  return i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
}
