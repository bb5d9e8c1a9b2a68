import { TILE_COLUMNS, TILE_ROW_BYTES } from './tile';

/**
 * A panel is 8 neighbouring columns of the right operand of a product, packed row by row, so that a
 * tile reads it in one stream. Columns beyond the last are zero.
 */

/** Packs columns `column` to `column + 7` of a row-major matrix `[rows, columns]`. */
export function packPanel(b: usize, rows: i32, columns: i32, column: i32, packed: usize): void {
  const pitch = usize(columns) << 2;
  let from = b + (usize(column) << 2);
  const kept = columns - column;
  const end = packed + usize(rows) * TILE_ROW_BYTES;
  if (kept >= TILE_COLUMNS) {
    for (let to = packed; to < end; to += TILE_ROW_BYTES) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += pitch;
    }
    return;
  }
  memory.fill(packed, 0, end - packed);
  for (let to = packed; to < end; to += TILE_ROW_BYTES) {
    for (let j = 0; j < kept; j++) {
      store<f32>(to + (usize(j) << 2), load<f32>(from + (usize(j) << 2)));
    }
    from += pitch;
  }
}

/**
 * Packs rows `row` to `row + 7` of a row-major matrix `[rows, columns]` as the columns of a panel:
 * its transpose, of which packed row k is column k.
 */
export function packTransposed(b: usize, rows: i32, columns: i32, row: i32, packed: usize): void {
  const pitch = usize(columns) << 2;
  const kept = min(rows - row, TILE_COLUMNS);
  const from = b + usize(row) * pitch;
  if (kept < TILE_COLUMNS) memory.fill(packed, 0, usize(columns) * TILE_ROW_BYTES);
  const whole = kept === TILE_COLUMNS ? columns & ~3 : 0;
  packRowsOf4(from, pitch, packed, whole);
  packRowsOf4(from + 4 * pitch, pitch, packed + 16, whole);
  for (let j = 0; j < kept; j++) {
    const source = from + usize(j) * pitch;
    const to = packed + (usize(j) << 2);
    for (let k = whole; k < columns; k++) {
      store<f32>(to + usize(k) * TILE_ROW_BYTES, load<f32>(source + (usize(k) << 2)));
    }
  }
}

/** Transposes 4 rows of a multiple of 4 columns into 4 columns, 32 bytes from row to row. */
function packRowsOf4(from: usize, pitch: usize, packed: usize, columns: i32): void {
  let to = packed;
  let source = from;
  for (let k = 0; k < columns; k += 4) {
    const a = v128.load(source);
    const b = v128.load(source + pitch);
    const c = v128.load(source + 2 * pitch);
    const d = v128.load(source + 3 * pitch);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 32);
    v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 64);
    v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 96);
    to += 128;
    source += 16;
  }
}

/** Writes a row of zeros and gives the place behind it. */
export function fillRow(to: usize): usize {
  memory.fill(to, 0, TILE_ROW_BYTES);
  return to + TILE_ROW_BYTES;
}
