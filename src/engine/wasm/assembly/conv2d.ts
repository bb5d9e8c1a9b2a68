import { multiplyWindows, REVERSED, ROW_MAJOR } from './multiply';

/**
 * Convolution, bias and activation: `y[n, i, j, f] = activation(bias[f] + sum over u, v, c of
 * x[n, i * stride + u, j * stride + v, c] * filters[u, v, c, f])`.
 *
 * `x` is padded (`padImages`) to `[batch, height, width, channels]`; `filters` are HWIO; `relu` is 1
 * or 0; a `bias` of 0 is none. `scratch + thread * scratchBytes` is this thread's alone.
 */
export function conv2d(
  x: usize,
  filters: usize,
  bias: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  stride: i32,
  outChannels: i32,
  relu: i32,
  scratch: usize,
  scratchBytes: usize,
  thread: i32,
  threads: i32,
): void {
  multiplyWindows(
    x,
    filters,
    ROW_MAJOR,
    bias,
    relu !== 0,
    y,
    batch,
    height,
    width,
    channels,
    outHeight,
    outWidth,
    filterHeight,
    filterWidth,
    stride,
    outChannels,
    scratch + usize(thread) * scratchBytes,
    thread,
    threads,
  );
}

/**
 * The gradient by the input: a convolution of the output's gradient, padded by the window less one
 * and with `stride - 1` zeros between its pixels, with the rotated, transposed filters.
 *
 * `dy` is so padded (`padImages`) to `[batch, height, width, outChannels]`, where `height` is
 * `inHeight + filterHeight - 1`; `dx` is `[batch, inHeight, inWidth, inChannels]`.
 */
export function conv2dInputGradient(
  dy: usize,
  filters: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  outChannels: i32,
  inHeight: i32,
  inWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  inChannels: i32,
  scratch: usize,
  scratchBytes: usize,
  thread: i32,
  threads: i32,
): void {
  multiplyWindows(
    dy,
    filters,
    REVERSED,
    0,
    false,
    dx,
    batch,
    height,
    width,
    outChannels,
    inHeight,
    inWidth,
    filterHeight,
    filterWidth,
    1,
    inChannels,
    scratch + usize(thread) * scratchBytes,
    thread,
    threads,
  );
}
