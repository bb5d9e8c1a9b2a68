/** Slopes at which ruled lines are looked for: a page that lies a little askew. */
const SLOPES = Array.from({ length: 25 }, (_, i) => (i - 12) / 120);
/** A line is printed across most of the page: no stroke of a digit goes as far. */
const LINE_SHARE = 0.6;
/** Lines are faint; what is above this many times the grain may be one. */
const LINE_DEVIATIONS = 2;

/**
 * Takes the printed lines of lined and squared paper away: rows (and columns), perhaps a little askew,
 * along which most pixels are darker than paper. The level of the line is subtracted, not its pixels
 * deleted, so that ink that crosses it stays.
 */
export function withoutRules(strengths: Float32Array, width: number, height: number): Float32Array {
  const across = withoutRows(strengths, width, height, 1, width);
  return withoutRows(across, height, width, width, 1);
}

/** For rows of `length` places `step` apart, `count` of them `stride` apart. */
function withoutRows(
  strengths: Float32Array,
  length: number,
  count: number,
  step: number,
  stride: number,
): Float32Array {
  const threshold = LINE_DEVIATIONS * roughGrain(strengths);
  const placeOf = (row: number, i: number, slope: number) => {
    const y = row + Math.round(slope * (i - length / 2));
    return y < 0 || y >= count ? -1 : y * stride + i * step;
  };
  let best = { slope: 0, rows: [] as number[], hits: 0 };
  for (const slope of SLOPES) {
    const rows: number[] = [];
    let hits = 0;
    for (let row = 0; row < count; row++) {
      let [dark, seen] = [0, 0];
      for (let i = 0; i < length; i += 2) {
        const place = placeOf(row, i, slope);
        if (place < 0) continue;
        seen++;
        if ((strengths[place] ?? 0) > threshold) dark++;
      }
      if (seen > length / 4 && dark > LINE_SHARE * seen) {
        rows.push(row);
        hits += dark / seen;
      }
    }
    if (hits > best.hits) best = { slope, rows, hits };
  }
  // Rows by the dozen are no lines but a shadow, or a dark half.
  if (best.rows.length === 0 || best.rows.length > count / 3) return strengths;
  const cleaned = strengths.slice();
  const affected = new Set(best.rows.flatMap((row) => [row - 1, row, row + 1]));
  for (const row of affected) {
    const values: number[] = [];
    for (let i = 0; i < length; i++) {
      const place = placeOf(row, i, best.slope);
      if (place >= 0) values.push(strengths[place] ?? 0);
    }
    const sorted = values.sort((a, b) => a - b);
    const level = sorted[Math.floor(0.5 * sorted.length)] ?? 0;
    // By the fainter half: what is darker may be ink along the line.
    const spread = level - (sorted[Math.floor(0.25 * sorted.length)] ?? 0);
    if (level <= 0) continue;
    for (let i = 0; i < length; i++) {
      const place = placeOf(row, i, best.slope);
      if (place < 0) continue;
      const left = (strengths[place] ?? 0) - level;
      cleaned[place] = left > 2 * spread ? left : Math.min(left, 0);
    }
  }
  return cleaned;
}

function roughGrain(strengths: Float32Array): number {
  const sample = Float64Array.from({ length: Math.ceil(strengths.length / 11) }, (_, i) =>
    Math.abs(strengths[11 * i] ?? 0),
  );
  const sorted = sample.toSorted();
  return Math.max(3, 1.4826 * (sorted[sorted.length >> 1] ?? 0));
}
