import { columnProducts } from './columnProducts';
import { columnSums } from './columnSums';
import { storeFirst } from './elements';
import { firstColumnOf, firstOf } from './partition';

/** Rows that stay in the cache from one group of channels to the next. */
const CACHED_ROWS: i32 = 32;

/**
 * What batch normalisation needs of a batch `x` `[rows, channels]` (Ioffe and Szegedy 2015, algorithm
 * 1), each `[channels]`: mean and variance, the variance divided by `rows`, and both moved into their
 * moving averages:
 *
 *   moving <- momentum * moving + (1 - momentum) * value
 *
 * Threads divide the channels; the order of every sum is that of `columnSums`.
 */
export function batchMoments(
  x: usize,
  mean: usize,
  variance: usize,
  movingMean: usize,
  movingVariance: usize,
  rows: i32,
  channels: i32,
  momentum: f64,
  thread: i32,
  threads: i32,
): void {
  columnSums(x, mean, rows, channels, thread, threads);
  divideChannels(mean, rows, channels, thread, threads);
  columnProducts(x, mean, x, mean, variance, rows, channels, thread, threads);
  divideChannels(variance, rows, channels, thread, threads);
  moveChannels(movingMean, mean, channels, momentum, thread, threads);
  moveChannels(movingVariance, variance, channels, momentum, thread, threads);
}

/**
 * `y = gamma * (x - mean) / sqrt(variance + epsilon) + beta`, `x` and `y` `[rows, channels]`, the
 * others `[channels]`: of the batch in training, moving averages afterwards. Threads divide the rows.
 */
export function batchNorm(
  x: usize,
  mean: usize,
  variance: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
  thread: i32,
  threads: i32,
): void {
  const end = firstOf(rows, thread + 1, threads);
  const pitch = usize(channels) << 2;
  for (let row = firstOf(rows, thread, threads); row < end; row += CACHED_ROWS) {
    const first = usize(row) * pitch;
    const last = usize(min(end, row + CACHED_ROWS)) * pitch;
    for (let channel = 0; channel < channels; channel += 4) {
      const at = usize(channel) << 2;
      const factors = f32x4.mul(v128.load(gamma + at), inverseDeviation(variance + at, epsilon));
      const means = v128.load(mean + at);
      const betas = v128.load(beta + at);
      for (let i = first + at; i < last; i += pitch) {
        const scaled = f32x4.mul(f32x4.sub(v128.load(x + i), means), factors);
        storeFirst(y + i, f32x4.add(scaled, betas), channels - channel);
      }
    }
  }
}

/**
 * The gradients of `batchNorm` by its two weights, `[channels]`:
 *
 *   dbeta = sum of dy,   dgamma = sum of dy * (x - mean) / sqrt(variance + epsilon)
 *
 * over all rows; `meanGradient` gets dbeta / rows. As `x - mean` adds up to zero, dy counts in dgamma
 * less its own mean, which rounds less. Threads divide the channels.
 */
export function batchNormWeightGradients(
  dy: usize,
  x: usize,
  mean: usize,
  variance: usize,
  dgamma: usize,
  dbeta: usize,
  meanGradient: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
  thread: i32,
  threads: i32,
): void {
  columnSums(dy, dbeta, rows, channels, thread, threads);
  const end = firstColumnOf(channels, thread + 1, threads);
  const shares = f32x4.splat(1 / f32(rows));
  for (let channel = firstColumnOf(channels, thread, threads); channel < end; channel += 4) {
    const at = usize(channel) << 2;
    const means = f32x4.mul(v128.load(dbeta + at), shares);
    storeFirst(meanGradient + at, means, end - channel);
  }
  columnProducts(dy, meanGradient, x, mean, dgamma, rows, channels, thread, threads);
  for (let channel = firstColumnOf(channels, thread, threads); channel < end; channel += 4) {
    const at = usize(channel) << 2;
    const inverse = inverseDeviation(variance + at, epsilon);
    storeFirst(dgamma + at, f32x4.mul(v128.load(dgamma + at), inverse), end - channel);
  }
}

/**
 * The gradient of `batchNorm` by its input, which moves the batch's mean and variance too:
 *
 *   dx = gamma / s * (dy - meanGradient - (x - mean) / s * dgamma / rows),  s = sqrt(variance + epsilon)
 *
 * (Ioffe and Szegedy 2015, section 3, the six derivatives put together.) Threads divide the rows.
 */
export function batchNormInputGradient(
  dy: usize,
  x: usize,
  mean: usize,
  variance: usize,
  gamma: usize,
  dgamma: usize,
  meanGradient: usize,
  dx: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
  thread: i32,
  threads: i32,
): void {
  const end = firstOf(rows, thread + 1, threads);
  const pitch = usize(channels) << 2;
  const shares = f32x4.splat(1 / f32(rows));
  for (let row = firstOf(rows, thread, threads); row < end; row += CACHED_ROWS) {
    const first = usize(row) * pitch;
    const last = usize(min(end, row + CACHED_ROWS)) * pitch;
    for (let channel = 0; channel < channels; channel += 4) {
      const at = usize(channel) << 2;
      const inverse = inverseDeviation(variance + at, epsilon);
      const factors = f32x4.mul(v128.load(gamma + at), inverse);
      const pulls = f32x4.mul(f32x4.mul(v128.load(dgamma + at), shares), inverse);
      const means = v128.load(mean + at);
      const meanGradients = v128.load(meanGradient + at);
      for (let i = first + at; i < last; i += pitch) {
        const centred = f32x4.sub(v128.load(x + i), means);
        const own = f32x4.sub(v128.load(dy + i), meanGradients);
        const moved = f32x4.sub(own, f32x4.mul(centred, pulls));
        storeFirst(dx + i, f32x4.mul(moved, factors), channels - channel);
      }
    }
  }
}

/**
 * The gradient where mean and variance stand still, as in a network that is looked at:
 *
 *   dx[r, c] = gamma[c] / sqrt(variance[c] + epsilon) * dy[r, c]
 *
 * Threads divide the rows.
 */
export function batchNormStillGradient(
  dy: usize,
  variance: usize,
  gamma: usize,
  dx: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
  thread: i32,
  threads: i32,
): void {
  const pitch = usize(channels) << 2;
  const first = usize(firstOf(rows, thread, threads)) * pitch;
  const last = usize(firstOf(rows, thread + 1, threads)) * pitch;
  for (let channel = 0; channel < channels; channel += 4) {
    const at = usize(channel) << 2;
    const factors = f32x4.mul(v128.load(gamma + at), inverseDeviation(variance + at, epsilon));
    for (let i = first + at; i < last; i += pitch) {
      storeFirst(dx + i, f32x4.mul(v128.load(dy + i), factors), channels - channel);
    }
  }
}

function inverseDeviation(variance: usize, epsilon: f32): v128 {
  const padded = f32x4.add(v128.load(variance), f32x4.splat(epsilon));
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(padded));
}

function divideChannels(
  values: usize,
  divisor: i32,
  channels: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstColumnOf(channels, thread + 1, threads);
  const divisors = f32x4.splat(f32(divisor));
  for (let channel = firstColumnOf(channels, thread, threads); channel < end; channel += 4) {
    const at = values + (usize(channel) << 2);
    storeFirst(at, f32x4.div(v128.load(at), divisors), end - channel);
  }
}

function moveChannels(
  moving: usize,
  values: usize,
  channels: i32,
  momentum: f64,
  thread: i32,
  threads: i32,
): void {
  const end = firstColumnOf(channels, thread + 1, threads);
  const takes = f32x4.splat(f32(1 - momentum));
  for (let channel = firstColumnOf(channels, thread, threads); channel < end; channel += 4) {
    const at = usize(channel) << 2;
    const old = v128.load(moving + at);
    const change = f32x4.mul(f32x4.sub(old, v128.load(values + at)), takes);
    storeFirst(moving + at, f32x4.sub(old, change), end - channel);
  }
}
