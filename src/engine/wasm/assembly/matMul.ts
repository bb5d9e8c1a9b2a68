import { multiplyWindows, REVERSED, ROW_MAJOR } from './multiply';

/**
 * `c[i, j] = activation(bias[j] + sum over k of a[i, k] * b[k, j])`, with `a` `[rows, depth]` and `b`
 * `[depth, columns]`, or `[columns, depth]` if `transposeB` is 1. `relu` is 1 or 0; a `bias` of 0 is
 * none. `scratch + thread * scratchBytes` is this thread's alone.
 */
export function matMul(
  a: usize,
  b: usize,
  bias: usize,
  c: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  transposeB: i32,
  relu: i32,
  scratch: usize,
  scratchBytes: usize,
  thread: i32,
  threads: i32,
): void {
  // Every row is an image of one pixel.
  multiplyWindows(
    a,
    b,
    transposeB ? REVERSED : ROW_MAJOR,
    bias,
    relu !== 0,
    c,
    rows,
    1,
    1,
    depth,
    1,
    1,
    1,
    1,
    1,
    columns,
    scratch + usize(thread) * scratchBytes,
    thread,
    threads,
  );
}
