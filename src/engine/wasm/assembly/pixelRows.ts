/**
 * Four pixels side by side: row c, 16 bytes, holds channel c of each. What goes on within a pixel
 * then is done for four at once, whatever the number of channels.
 */

/** Bytes of the rows that `gatherRows` writes: the last may belong to no channel, and hold anything. */
export function rowsBytes(channels: i32): usize {
  return usize((channels + 3) & ~3) << 4;
}

/** Makes rows of the 4 pixels at `x`, or of `count` if there are fewer: then the last counts repeatedly. */
export function gatherRows(x: usize, count: i32, channels: i32, rows: usize): void {
  const pixelBytes = usize(channels) << 2;
  const x1 = count > 1 ? x + pixelBytes : x;
  const x2 = count > 2 ? x1 + pixelBytes : x1;
  const x3 = count > 3 ? x2 + pixelBytes : x2;
  let row = rows;
  for (let at: usize = 0; at < pixelBytes; at += 16) {
    const a = v128.load(x + at);
    const b = v128.load(x1 + at);
    const c = v128.load(x2 + at);
    const d = v128.load(x3 + at);
    const low = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const lowRest = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const highRest = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(row, v128.shuffle<f32>(low, lowRest, 0, 1, 4, 5));
    v128.store(row, v128.shuffle<f32>(low, lowRest, 2, 3, 6, 7), 16);
    v128.store(row, v128.shuffle<f32>(high, highRest, 0, 1, 4, 5), 32);
    v128.store(row, v128.shuffle<f32>(high, highRest, 2, 3, 6, 7), 48);
    row += 64;
  }
}

/** The way back: writes the 4 pixels at `y`, or `count` if fewer. */
export function scatterRows(rows: usize, y: usize, count: i32, channels: i32): void {
  const pixelBytes = usize(channels) << 2;
  const whole = usize(channels & ~3) << 2;
  // A pixel too many is a copy of the last, and is written to its place.
  const y1 = count > 1 ? y + pixelBytes : y;
  const y2 = count > 2 ? y1 + pixelBytes : y1;
  const y3 = count > 3 ? y2 + pixelBytes : y2;
  let row = rows;
  for (let at: usize = 0; at < whole; at += 16) {
    const a = v128.load(row);
    const b = v128.load(row, 16);
    const c = v128.load(row, 32);
    const d = v128.load(row, 48);
    const low = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const lowRest = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const highRest = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(y + at, v128.shuffle<f32>(low, lowRest, 0, 1, 4, 5));
    v128.store(y1 + at, v128.shuffle<f32>(low, lowRest, 2, 3, 6, 7));
    v128.store(y2 + at, v128.shuffle<f32>(high, highRest, 0, 1, 4, 5));
    v128.store(y3 + at, v128.shuffle<f32>(high, highRest, 2, 3, 6, 7));
    row += 64;
  }
  for (let at = whole; at < pixelBytes; at += 4) {
    const lanes = v128.load(row);
    v128.store_lane<f32>(y + at, lanes, 0);
    v128.store_lane<f32>(y1 + at, lanes, 1);
    v128.store_lane<f32>(y2 + at, lanes, 2);
    v128.store_lane<f32>(y3 + at, lanes, 3);
    row += 16;
  }
}
