/** Pixels that a plane repeats of its border: one before, two behind. */
const BEFORE: i32 = 1;
const AROUND: i32 = 3;

/**
 * Takes an image of bytes, NHWC, apart into planes of floats, a channel each, with the border repeated
 * around: four pixels in a row of a channel are a vector then, and no reading asks for the border.
 */
export function unfold(source: usize, planes: usize, height: i32, width: i32, channels: i32): void {
  let to = planes;
  for (let c = 0; c < channels; c++) {
    for (let row = -BEFORE; row < height + AROUND - BEFORE; row++) {
      const first = source + usize(inside(row, height) * width * channels + c);
      for (let column = -BEFORE; column < width + AROUND - BEFORE; column++) {
        store<f32>(to, f32(load<u8>(first + usize(inside(column, width) * channels))));
        to += 4;
      }
    }
  }
}

function inside(place: i32, side: i32): i32 {
  return min(side - 1, max(0, place));
}

/**
 * The byte of channel `c` at a place between the pixels of an image that `unfold` took apart, by cubic
 * convolution of its 4x4 neighbours, held within 0 to 255; beyond the border as the border. See
 * `domain/augment/cubic.ts`.
 */
export function readBetween(planes: usize, x: f32, y: f32, height: i32, width: i32, c: i32): f32 {
  const px = min<f32>(f32(width - 1), max<f32>(0, x));
  const py = min<f32>(f32(height - 1), max<f32>(0, y));
  const left = i32(px);
  const top = i32(py);
  const fx = px - f32(left);
  const fy = py - f32(top);
  const pitch = usize(width + AROUND) << 2;
  const at = planes + usize(c * (height + AROUND) + top) * pitch + (usize(left) << 2);
  const upper = f32x4.add(
    f32x4.mul(f32x4.splat(outer(fy)), v128.load(at)),
    f32x4.mul(f32x4.splat(inner(fy)), v128.load(at + pitch)),
  );
  const lower = f32x4.add(
    f32x4.mul(f32x4.splat(inner(1 - fy)), v128.load(at + 2 * pitch)),
    f32x4.mul(f32x4.splat(outer(1 - fy)), v128.load(at + 3 * pitch)),
  );
  const column = f32x4.add(upper, lower);
  const sum =
    outer(fx) * f32x4.extract_lane(column, 0) +
    inner(fx) * f32x4.extract_lane(column, 1) +
    (inner(1 - fx) * f32x4.extract_lane(column, 2) + outer(1 - fx) * f32x4.extract_lane(column, 3));
  return min<f32>(255, max<f32>(0, sum));
}

/** The weight of a neighbour beyond the nearest one, on that side that the place is `f` away from. */
function outer(f: f32): f32 {
  return ((1 - 0.5 * f) * f - 0.5) * f;
}

/** The weight of the neighbour that the place is `f` away from, 0 to 1. */
function inner(f: f32): f32 {
  return (1.5 * f - 2.5) * f * f + 1;
}
