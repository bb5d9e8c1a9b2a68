/**
 * The byte of channel `c` at a place between the pixels of an image, NHWC: bilinear between its four
 * neighbours, and beyond the border as the border.
 */
export function readBetween(
  source: usize,
  x: f32,
  y: f32,
  height: i32,
  width: i32,
  channels: i32,
  c: i32,
): f32 {
  const px = min<f32>(f32(width - 1), max<f32>(0, x));
  const py = min<f32>(f32(height - 1), max<f32>(0, y));
  const left = i32(px);
  const top = i32(py);
  const right = min(left + 1, width - 1);
  const bottom = min(top + 1, height - 1);
  const fx = px - f32(left);
  const fy = py - f32(top);
  const upper = source + usize(top * width * channels + c);
  const lower = source + usize(bottom * width * channels + c);
  const up = f32(load<u8>(upper + usize(left * channels)));
  const upRight = f32(load<u8>(upper + usize(right * channels)));
  const low = f32(load<u8>(lower + usize(left * channels)));
  const lowRight = f32(load<u8>(lower + usize(right * channels)));
  const above = up + fx * (upRight - up);
  const below = low + fx * (lowRight - low);
  return above + fy * (below - above);
}
