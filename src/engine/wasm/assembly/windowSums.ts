/**
 * Four window sums side by side, `sums[i] = row[i - reach] + ... + row[i + reach]` for i = 0 .. 3, of
 * rows of 16 bytes; `span` is the reach, at least 1, in bytes. All but three rows at each end are
 * shared. No sum is made of the one before by taking a row off, which would leave little of a small
 * sum beside a large one.
 */
export function sumFourWindows(row: usize, span: usize, sums: usize): void {
  const first = row - span;
  const last = row + span;
  let shared = f32x4.splat(0);
  for (let at = first + 48; at <= last; at += 16) shared = f32x4.add(shared, v128.load(at));
  const before2 = v128.load(first, 32);
  const before1 = f32x4.add(v128.load(first, 16), before2);
  const after1 = v128.load(last, 16);
  const after2 = f32x4.add(after1, v128.load(last, 32));
  v128.store(sums, f32x4.add(shared, f32x4.add(v128.load(first), before1)));
  v128.store(sums, f32x4.add(shared, f32x4.add(before1, after1)), 16);
  v128.store(sums, f32x4.add(shared, f32x4.add(before2, after2)), 32);
  v128.store(sums, f32x4.add(shared, f32x4.add(after2, v128.load(last, 48))), 48);
}
