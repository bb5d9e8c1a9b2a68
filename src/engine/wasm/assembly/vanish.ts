/** Lanes that are smaller in size than `least` become 0; what is no number stays none. */
export function vanishAll(lanes: v128, least: f32): v128 {
  return v128.andnot(lanes, f32x4.lt(f32x4.abs(lanes), f32x4.splat(least)));
}

export function vanish(value: f32, least: f32): f32 {
  return abs(value) < least ? 0 : value;
}
