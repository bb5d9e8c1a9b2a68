import { firstOf } from './partition';

/** `to[j, i] = from[i, j]`, with `from` `[rows, columns]`. Threads divide the columns. */
export function transpose(
  from: usize,
  to: usize,
  rows: i32,
  columns: i32,
  thread: i32,
  threads: i32,
): void {
  const pitch = usize(columns) << 2;
  const toPitch = usize(rows) << 2;
  const end = firstOf(columns, thread + 1, threads);
  let j = firstOf(columns, thread, threads);
  for (; j + 4 <= end; j += 4) {
    let source = from + (usize(j) << 2);
    let target = to + usize(j) * toPitch;
    let i = 0;
    for (; i + 4 <= rows; i += 4) {
      const a = v128.load(source);
      const b = v128.load(source + pitch);
      const c = v128.load(source + 2 * pitch);
      const d = v128.load(source + 3 * pitch);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(target, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
      v128.store(target + toPitch, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
      v128.store(target + 2 * toPitch, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
      v128.store(target + 3 * toPitch, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
      source += 4 * pitch;
      target += 16;
    }
    for (; i < rows; i++) {
      const values = v128.load(source);
      v128.store_lane<f32>(target, values, 0);
      v128.store_lane<f32>(target + toPitch, values, 1);
      v128.store_lane<f32>(target + 2 * toPitch, values, 2);
      v128.store_lane<f32>(target + 3 * toPitch, values, 3);
      source += pitch;
      target += 4;
    }
  }
  for (; j < end; j++) {
    const source = from + (usize(j) << 2);
    const target = to + usize(j) * toPitch;
    for (let i = 0; i < rows; i++) {
      store<f32>(target + (usize(i) << 2), load<f32>(source + usize(i) * pitch));
    }
  }
}
