/** Rows and columns of the tile of a product that stays in registers: 12 of the 16 there are. */
export const TILE_ROWS: i32 = 6;
export const TILE_COLUMNS: i32 = 8;
/** Bytes of a row of a tile, and of a packed row of the right operand. */
export const TILE_ROW_BYTES: usize = 32;
export const TILE_BYTES: usize = 192;

/*
 * The two innermost loops of training. V8's register allocator keeps the sums in registers only if
 * the loops that hold them are all that is done with them: one more branch or call after the loops,
 * and sums are spilled in them (a third of the speed). So what is the same for many tiles stands in
 * globals, odd counts are made even by zeros in the packed operand, and the bias, the activation and
 * the edges are done afterwards by `finishTile`.
 */

let runBytes: usize = 0;
let runSkip: usize = 0;
let packedEnd: usize = 0;

/** Every row of the left operand: `runs` runs of `length` floats, `pitch` bytes from one to the next. */
export function setRuns(runs: i32, length: i32, pitch: usize, packed: usize): void {
  const even = (length + 1) & ~1;
  runBytes = usize(even) * TILE_ROW_BYTES;
  runSkip = pitch - (usize(even) << 2);
  packedEnd = packed + usize(runs) * runBytes;
}

/**
 * One tile of a product: `c[i, j] = sum over k of a_i[k] * b[k, j]`, written `pitch` bytes from row to
 * row. Row i of the left operand begins at the address `load<u32>(rows + 4 * i)`; the right one is
 * packed, 8 columns a row, each run with an even number of rows.
 */
export function multiplyTile(rows: usize, packed: usize, c: usize, pitch: usize): void {
  let a0 = usize(load<u32>(rows));
  let a1 = usize(load<u32>(rows, 4));
  let a2 = usize(load<u32>(rows, 8));
  let a3 = usize(load<u32>(rows, 12));
  let a4 = usize(load<u32>(rows, 16));
  let a5 = usize(load<u32>(rows, 20));
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0);
  let c51 = f32x4.splat(0);
  let b = packed;
  do {
    for (const runEnd = b + runBytes; b < runEnd; b += 64) {
      let b0 = v128.load(b);
      let b1 = v128.load(b, 16);
      let a = v128.load32_splat(a0);
      c00 = f32x4.add(f32x4.mul(a, b0), c00);
      c01 = f32x4.add(f32x4.mul(a, b1), c01);
      a = v128.load32_splat(a1);
      c10 = f32x4.add(f32x4.mul(a, b0), c10);
      c11 = f32x4.add(f32x4.mul(a, b1), c11);
      a = v128.load32_splat(a2);
      c20 = f32x4.add(f32x4.mul(a, b0), c20);
      c21 = f32x4.add(f32x4.mul(a, b1), c21);
      a = v128.load32_splat(a3);
      c30 = f32x4.add(f32x4.mul(a, b0), c30);
      c31 = f32x4.add(f32x4.mul(a, b1), c31);
      a = v128.load32_splat(a4);
      c40 = f32x4.add(f32x4.mul(a, b0), c40);
      c41 = f32x4.add(f32x4.mul(a, b1), c41);
      a = v128.load32_splat(a5);
      c50 = f32x4.add(f32x4.mul(a, b0), c50);
      c51 = f32x4.add(f32x4.mul(a, b1), c51);
      b0 = v128.load(b, 32);
      b1 = v128.load(b, 48);
      a = v128.load32_splat(a0, 4);
      c00 = f32x4.add(f32x4.mul(a, b0), c00);
      c01 = f32x4.add(f32x4.mul(a, b1), c01);
      a = v128.load32_splat(a1, 4);
      c10 = f32x4.add(f32x4.mul(a, b0), c10);
      c11 = f32x4.add(f32x4.mul(a, b1), c11);
      a = v128.load32_splat(a2, 4);
      c20 = f32x4.add(f32x4.mul(a, b0), c20);
      c21 = f32x4.add(f32x4.mul(a, b1), c21);
      a = v128.load32_splat(a3, 4);
      c30 = f32x4.add(f32x4.mul(a, b0), c30);
      c31 = f32x4.add(f32x4.mul(a, b1), c31);
      a = v128.load32_splat(a4, 4);
      c40 = f32x4.add(f32x4.mul(a, b0), c40);
      c41 = f32x4.add(f32x4.mul(a, b1), c41);
      a = v128.load32_splat(a5, 4);
      c50 = f32x4.add(f32x4.mul(a, b0), c50);
      c51 = f32x4.add(f32x4.mul(a, b1), c51);
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
      a4 += 8;
      a5 += 8;
    }
    const skip = runSkip;
    a0 += skip;
    a1 += skip;
    a2 += skip;
    a3 += skip;
    a4 += skip;
    a5 += skip;
  } while (b < packedEnd);
  let to = c;
  v128.store(to, c00);
  v128.store(to, c01, 16);
  to += pitch;
  v128.store(to, c10);
  v128.store(to, c11, 16);
  to += pitch;
  v128.store(to, c20);
  v128.store(to, c21, 16);
  to += pitch;
  v128.store(to, c30);
  v128.store(to, c31, 16);
  to += pitch;
  v128.store(to, c40);
  v128.store(to, c41, 16);
  to += pitch;
  v128.store(to, c50);
  v128.store(to, c51, 16);
}

/**
 * One tile of a product whose left operand is transposed: `c[i, j] = sum over p of
 * (a_p)[i] * b[p, j]`, its rows 32 bytes apart. What row p of the left operand has for this tile
 * begins at `load<u32>(rows + 4 * p) + offset`; the right one is packed; there is an even number of
 * rows.
 */
export function multiplyTransposedTile(
  rows: usize,
  rowsEnd: usize,
  offset: usize,
  packed: usize,
  c: usize,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0);
  let c51 = f32x4.splat(0);
  let b = packed;
  for (let row = rows; row < rowsEnd; row += 8) {
    let from = usize(load<u32>(row)) + offset;
    let b0 = v128.load(b);
    let b1 = v128.load(b, 16);
    let a = v128.load32_splat(from);
    c00 = f32x4.add(f32x4.mul(a, b0), c00);
    c01 = f32x4.add(f32x4.mul(a, b1), c01);
    a = v128.load32_splat(from, 4);
    c10 = f32x4.add(f32x4.mul(a, b0), c10);
    c11 = f32x4.add(f32x4.mul(a, b1), c11);
    a = v128.load32_splat(from, 8);
    c20 = f32x4.add(f32x4.mul(a, b0), c20);
    c21 = f32x4.add(f32x4.mul(a, b1), c21);
    a = v128.load32_splat(from, 12);
    c30 = f32x4.add(f32x4.mul(a, b0), c30);
    c31 = f32x4.add(f32x4.mul(a, b1), c31);
    a = v128.load32_splat(from, 16);
    c40 = f32x4.add(f32x4.mul(a, b0), c40);
    c41 = f32x4.add(f32x4.mul(a, b1), c41);
    a = v128.load32_splat(from, 20);
    c50 = f32x4.add(f32x4.mul(a, b0), c50);
    c51 = f32x4.add(f32x4.mul(a, b1), c51);
    from = usize(load<u32>(row, 4)) + offset;
    b0 = v128.load(b, 32);
    b1 = v128.load(b, 48);
    a = v128.load32_splat(from);
    c00 = f32x4.add(f32x4.mul(a, b0), c00);
    c01 = f32x4.add(f32x4.mul(a, b1), c01);
    a = v128.load32_splat(from, 4);
    c10 = f32x4.add(f32x4.mul(a, b0), c10);
    c11 = f32x4.add(f32x4.mul(a, b1), c11);
    a = v128.load32_splat(from, 8);
    c20 = f32x4.add(f32x4.mul(a, b0), c20);
    c21 = f32x4.add(f32x4.mul(a, b1), c21);
    a = v128.load32_splat(from, 12);
    c30 = f32x4.add(f32x4.mul(a, b0), c30);
    c31 = f32x4.add(f32x4.mul(a, b1), c31);
    a = v128.load32_splat(from, 16);
    c40 = f32x4.add(f32x4.mul(a, b0), c40);
    c41 = f32x4.add(f32x4.mul(a, b1), c41);
    a = v128.load32_splat(from, 20);
    c50 = f32x4.add(f32x4.mul(a, b0), c50);
    c51 = f32x4.add(f32x4.mul(a, b1), c51);
    b += 64;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
  v128.store(c, c40, 128);
  v128.store(c, c41, 144);
  v128.store(c, c50, 160);
  v128.store(c, c51, 176);
}
