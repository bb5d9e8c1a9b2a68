/**
 * Displacements by uniform cubic B-splines over a grid of 4x4 cells, 7x7 control points: see
 * `domain/augment/elastic.ts`. The points' x and y lie in the lanes of a vector.
 */
const CELLS: i32 = 4;
const POINTS: i32 = 7;

/** Bytes that `combineRows` writes behind the first 8, where `displace` puts its result. */
const RESULT_BYTES: usize = 8;

/** Bytes that the two work in. */
export const SPLINE_BYTES: usize = RESULT_BYTES + (usize(2 * POINTS) << 2);

/** The control points of the whole grid, blended for one row of the image: x, y of each column. */
export function combineRows(grid: usize, row: i32, height: i32, out: usize): void {
  const place = ((f32(row) + 0.5) * f32(CELLS)) / f32(height);
  const cell = min(CELLS - 1, i32(place));
  const t = place - f32(cell);
  const pitch = usize(2 * POINTS) << 2;
  const first = grid + usize(cell) * pitch;
  for (let i: usize = 0; i < pitch; i += 4) {
    const at = first + i;
    const sum =
      weight0(t) * load<f32>(at) +
      weight1(t) * load<f32>(at + pitch) +
      weight1(1 - t) * load<f32>(at + 2 * pitch) +
      weight0(1 - t) * load<f32>(at + 3 * pitch);
    store<f32>(out + RESULT_BYTES + i, sum);
  }
}

/** Writes the displacement of a pixel of that row, x and y, into the first 8 bytes. */
export function displace(out: usize, column: i32, width: i32): void {
  const place = ((f32(column) + 0.5) * f32(CELLS)) / f32(width);
  const cell = min(CELLS - 1, i32(place));
  const t = place - f32(cell);
  const at = out + RESULT_BYTES + (usize(cell) << 3);
  const w0 = f32x4.mul(f32x4.splat(weight0(t)), v128.load64_zero(at));
  const w1 = f32x4.mul(f32x4.splat(weight1(t)), v128.load64_zero(at + 8));
  const w2 = f32x4.mul(f32x4.splat(weight1(1 - t)), v128.load64_zero(at + 16));
  const w3 = f32x4.mul(f32x4.splat(weight0(1 - t)), v128.load64_zero(at + 24));
  v128.store64_lane(out, f32x4.add(f32x4.add(w0, w1), f32x4.add(w2, w3)), 0);
}

/** The outer two of the four weights; the splines are symmetric. */
function weight0(t: f32): f32 {
  const rest: f32 = 1 - t;
  return (rest * rest * rest) / 6;
}

/** The inner two. */
function weight1(t: f32): f32 {
  return (4 - 6 * t * t + 3 * t * t * t) / 6;
}
