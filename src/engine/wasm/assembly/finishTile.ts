import { TILE_COLUMNS } from './tile';

/**
 * Moves a finished tile to its place, adding the bias (0: none) and applying the activation: only
 * `rowsKept` rows and `columnsKept` columns of it exist there. `from` may be the place itself.
 */
export function finishTile(
  from: usize,
  fromPitch: usize,
  to: usize,
  toPitch: usize,
  rowsKept: i32,
  columnsKept: i32,
  bias: usize,
  relu: bool,
): void {
  let bias0 = f32x4.splat(0);
  let bias1 = f32x4.splat(0);
  if (bias) {
    bias0 = v128.load(bias);
    bias1 = v128.load(bias, 16);
  }
  const least = f32x4.splat(relu ? 0 : -Infinity);
  let source = from;
  let target = to;
  for (let row = 0; row < rowsKept; row++) {
    const left = f32x4.max(f32x4.add(v128.load(source), bias0), least);
    const right = f32x4.max(f32x4.add(v128.load(source, 16), bias1), least);
    storeRow(target, left, right, columnsKept);
    source += fromPitch;
    target += toPitch;
  }
}

/** Adds a tile, its rows 32 bytes apart, to what is there. */
export function addTile(
  from: usize,
  to: usize,
  toPitch: usize,
  rowsKept: i32,
  columnsKept: i32,
): void {
  let source = from;
  let target = to;
  for (let row = 0; row < rowsKept; row++) {
    const left = f32x4.add(v128.load(target), v128.load(source));
    const right = f32x4.add(v128.load(target, 16), v128.load(source, 16));
    storeRow(target, left, right, columnsKept);
    source += 32;
    target += toPitch;
  }
}

/** Writes the first `count` of 8 floats. */
function storeRow(to: usize, left: v128, right: v128, count: i32): void {
  if (count >= TILE_COLUMNS) {
    v128.store(to, left);
    v128.store(to, right, 16);
    return;
  }
  if (count >= 4) {
    v128.store(to, left);
    storeLanes(to + 16, right, count - 4);
    return;
  }
  storeLanes(to, left, count);
}

function storeLanes(to: usize, lanes: v128, count: i32): void {
  if (count > 0) v128.store_lane<f32>(to, lanes, 0);
  if (count > 1) v128.store_lane<f32>(to, lanes, 1, 4);
  if (count > 2) v128.store_lane<f32>(to, lanes, 2, 8);
}
