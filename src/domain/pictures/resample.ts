/**
 * Samples one line of pixels into another along `destination = scale * source + shift`, both with
 * pixel i covering i..i+1. Each destination pixel is the mean of the source under a window as wide
 * as itself (area averaging, no aliasing), or, where the picture grows, as wide as one source pixel
 * (which is linear interpolation). Beyond its ends the source is 0.
 */
export interface AxisMap {
  readonly scale: number;
  readonly shift: number;
}

/** A rectangle of a picture of floats. */
export interface Patch {
  readonly values: Float32Array;
  /** Row length of the picture it is cut from. */
  readonly stride: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Samples a patch into `width x height` pixels, each axis by its own map, in one go. */
export function resample(
  patch: Patch,
  horizontal: AxisMap,
  vertical: AxisMap,
  width: number,
  height: number,
): Float32Array {
  const columns = windows(patch.width, horizontal, width);
  const rows = windows(patch.height, vertical, height);
  const { values, stride } = patch;
  const narrow = new Float32Array(patch.height * width);
  for (const [x, { first, weights }] of columns.entries()) {
    for (let y = 0; y < patch.height; y++) {
      const start = (patch.top + y) * stride + patch.left + first;
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += (weights[i] ?? 0) * (values[start + i] ?? 0);
      narrow[y * width + x] = sum;
    }
  }
  const out = new Float32Array(width * height);
  for (const [y, { first, weights }] of rows.entries()) {
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] ?? 0;
      const row = (first + i) * width;
      for (let x = 0; x < width; x++) {
        out[y * width + x] = (out[y * width + x] ?? 0) + weight * (narrow[row + x] ?? 0);
      }
    }
  }
  return out;
}

/** What one destination pixel is made of: source pixels from `first` on, and their shares. */
interface Window {
  readonly first: number;
  readonly weights: Float64Array;
}

function windows(size: number, { scale, shift }: AxisMap, count: number): Window[] {
  const extent = Math.max(1, 1 / scale);
  return Array.from({ length: count }, (_, pixel) => {
    const centre = (pixel + 0.5 - shift) / scale;
    const [start, end] = [centre - extent / 2, centre + extent / 2];
    const first = Math.min(size, Math.max(0, Math.floor(start)));
    const last = Math.max(first, Math.min(size, Math.ceil(end)));
    const weights = Float64Array.from({ length: last - first }, (_, i) => {
      const covered = Math.min(end, first + i + 1) - Math.max(start, first + i);
      return Math.max(0, covered) / extent;
    });
    return { first, weights };
  });
}
