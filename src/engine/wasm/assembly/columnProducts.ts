import { CHUNK_ROWS } from './columnSums';
import { storeFirst } from './elements';
import { firstColumnOf } from './partition';

/**
 * `products[j] = sum over i of (a[i, j] - aMean[j]) * (b[i, j] - bMean[j])`, `a` and `b`
 * `[rows, columns]`, the means and `products` `[columns]`. With `a` and `b` the same it is the variance,
 * times `rows`.
 *
 * Threads divide the columns; every column has the same order of its sum, that of `columnSums`.
 */
export function columnProducts(
  a: usize,
  aMean: usize,
  b: usize,
  bMean: usize,
  products: usize,
  rows: i32,
  columns: i32,
  thread: i32,
  threads: i32,
): void {
  const first = firstColumnOf(columns, thread, threads);
  const end = firstColumnOf(columns, thread + 1, threads);
  const pitch = usize(columns) << 2;
  for (let row = 0; row < rows; row += CHUNK_ROWS) {
    const chunk = usize(row) * pitch;
    const bytes = usize(min(CHUNK_ROWS, rows - row)) * pitch;
    for (let column = first; column < end; column += 4) {
      const at = usize(column) << 2;
      let sum = chunkProducts(a + chunk + at, aMean + at, b + chunk + at, bMean + at, pitch, bytes);
      if (row > 0) sum = f32x4.add(v128.load(products + at), sum);
      storeFirst(products + at, sum, end - column);
    }
  }
}

/** The products of 4 columns over the rows of a chunk, row i added to sum i mod 4. */
function chunkProducts(
  a: usize,
  aMean: usize,
  b: usize,
  bMean: usize,
  pitch: usize,
  bytes: usize,
): v128 {
  const aMeans = v128.load(aMean);
  const bMeans = v128.load(bMean);
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let sum2 = f32x4.splat(0);
  let sum3 = f32x4.splat(0);
  const four = 4 * pitch;
  let at: usize = 0;
  for (; at + four <= bytes; at += four) {
    sum0 = f32x4.add(sum0, product(a + at, aMeans, b + at, bMeans));
    const at1 = at + pitch;
    sum1 = f32x4.add(sum1, product(a + at1, aMeans, b + at1, bMeans));
    const at2 = at1 + pitch;
    sum2 = f32x4.add(sum2, product(a + at2, aMeans, b + at2, bMeans));
    const at3 = at2 + pitch;
    sum3 = f32x4.add(sum3, product(a + at3, aMeans, b + at3, bMeans));
  }
  // Up to 3 rows more.
  for (; at < bytes; at += pitch) {
    sum0 = f32x4.add(sum0, product(a + at, aMeans, b + at, bMeans));
  }
  return f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
}

function product(a: usize, aMeans: v128, b: usize, bMeans: v128): v128 {
  return f32x4.mul(f32x4.sub(v128.load(a), aMeans), f32x4.sub(v128.load(b), bMeans));
}
