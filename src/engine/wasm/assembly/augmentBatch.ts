import { readBetween, unfold } from './cubic';
import { firstOf } from './partition';
import { combineRows, displace, SPLINE_BYTES } from './spline';

/** Places of an image's parameters, in bytes: those of `domain/augment/parameters.ts`. */
const MAP: usize = 0;
const THICKNESS: usize = 24;
const GAIN: usize = 28;
const LIFT: usize = 32;
const ERASED: usize = 44;
const GRID: usize = 60;
const PARAMETER_BYTES: usize = 464;

/**
 * A batch out of the data set, each image varied as its parameters say: `domain/augment/augmentImage.ts`
 * is the same in plain words, and `parameters.ts` beside it says what the numbers mean.
 *
 *   x[n] = (varied(pixels[indices[n]]) - offset) * factor,  batchLabels[n] = labels[indices[n]]
 *
 * `pixels` `[images, height, width, channels]` are bytes, `labels` `[images]` u16, `indices` `[batch]`
 * u32, `parameters` `[batch, 116]` and `x` floats, `batchLabels` u16. `bends` and `thickens` are 0
 * where no image does. Each thread has scratch for the splines of a row and the planes of an image.
 * Threads divide the batch.
 */
export function augmentBatch(
  pixels: usize,
  labels: usize,
  indices: usize,
  parameters: usize,
  x: usize,
  batchLabels: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  bends: i32,
  thickens: i32,
  offset: f32,
  factor: f32,
  scratch: usize,
  scratchBytes: i32,
  thread: i32,
  threads: i32,
): void {
  const imageBytes = usize(height) * usize(width) * usize(channels);
  const splines = scratch + usize(thread) * usize(scratchBytes);
  const planes = splines + SPLINE_BYTES;
  const centreX = f32(width - 1) / 2;
  const centreY = f32(height - 1) / 2;
  const end = firstOf(batch, thread + 1, threads);
  for (let n = firstOf(batch, thread, threads); n < end; n++) {
    const image = usize(load<u32>(indices + (usize(n) << 2)));
    store<u16>(batchLabels + (usize(n) << 1), load<u16>(labels + (image << 1)));
    unfold(pixels + image * imageBytes, planes, height, width, channels);
    const p = parameters + usize(n) * PARAMETER_BYTES;
    const radius: f32 = thickens ? load<f32>(p, THICKNESS) : 0;
    let to = x + ((usize(n) * imageBytes) << 2);
    for (let row = 0; row < height; row++) {
      if (bends) combineRows(p + GRID, row, height, splines);
      for (let column = 0; column < width; column++) {
        if (bends) displace(splines, column, width);
        const px = f32(column) - centreX + (bends ? load<f32>(splines) : 0);
        const py = f32(row) - centreY + (bends ? load<f32>(splines, 4) : 0);
        const erased = isErased(p + ERASED, f32(row), f32(column));
        for (let c = 0; c < channels; c++) {
          const byte = strongest(planes, p + MAP, px, py, radius, height, width, c);
          const lit = load<f32>(p, GAIN) * byte + load<f32>(p + (usize(c) << 2), LIFT);
          const varied: f32 = erased ? 0 : min<f32>(255, max<f32>(0, lit));
          store<f32>(to, (varied - offset) * factor);
          to += 4;
        }
      }
    }
  }
}

function isErased(p: usize, row: f32, column: f32): bool {
  const inRows = row >= load<f32>(p) && row < load<f32>(p, 8);
  return inRows && column >= load<f32>(p, 4) && column < load<f32>(p, 12);
}

const DIAGONAL: f32 = f32(Math.SQRT1_2);

/** The brightest of the readings around a place, or the darkest: `NEIGHBOURS` of the plain form. */
function strongest(
  planes: usize,
  map: usize,
  x: f32,
  y: f32,
  radius: f32,
  height: i32,
  width: i32,
  c: i32,
): f32 {
  const a = load<f32>(map);
  const b = load<f32>(map, 4);
  const d = load<f32>(map, 12);
  const e = load<f32>(map, 16);
  const sx = a * x + b * y + load<f32>(map, 8) + f32(width - 1) / 2;
  const sy = d * x + e * y + load<f32>(map, 20) + f32(height - 1) / 2;
  const centre = readBetween(planes, sx, sy, height, width, c);
  if (radius === 0) return centre;
  // One of either sign: a maximum of negated readings is a minimum.
  const sign: f32 = radius < 0 ? -1 : 1;
  let best = sign * centre;
  for (let k = 0; k < 8; k++) {
    const dx = neighbour(k);
    const dy = neighbour(k + 6);
    const nx = sx + radius * (a * dx + b * dy);
    const ny = sy + radius * (d * dx + e * dy);
    best = max<f32>(best, sign * readBetween(planes, nx, ny, height, width, c));
  }
  return sign * best;
}

/** The cosine of k eighths of a turn; six more eighths make it the sine. */
function neighbour(k: i32): f32 {
  switch (k & 7) {
    case 0:
      return 1;
    case 1:
    case 7:
      return DIAGONAL;
    case 3:
    case 5:
      return -DIAGONAL;
    case 4:
      return -1;
    default:
      return 0;
  }
}
