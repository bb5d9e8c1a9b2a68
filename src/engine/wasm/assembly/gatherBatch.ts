import { firstOf } from './partition';

/**
 * A batch out of the data set: with `image = indices[n]`,
 *
 *   x[n, i] = scaled[pixels[image, i]],  batchLabels[n] = labels[image]
 *
 * `pixels` `[images, bytes]` are bytes, `labels` `[images]` u16, `indices` `[batch]` u32;
 * `scaled` holds the 256 floats that the bytes stand for; `x` is `[batch, bytes]` floats and
 * `batchLabels` `[batch]` u16. Threads divide the batch.
 */
export function gatherBatch(
  pixels: usize,
  labels: usize,
  indices: usize,
  scaled: usize,
  x: usize,
  batchLabels: usize,
  batch: i32,
  bytes: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstOf(batch, thread + 1, threads);
  for (let n = firstOf(batch, thread, threads); n < end; n++) {
    const image = usize(load<u32>(indices + (usize(n) << 2)));
    store<u16>(batchLabels + (usize(n) << 1), load<u16>(labels + (image << 1)));
    let from = pixels + image * usize(bytes);
    let to = x + ((usize(n) * usize(bytes)) << 2);
    const fromEnd = from + usize(bytes);
    for (; from + 4 <= fromEnd; from += 4) {
      // One read for four bytes: reads are what this loop has most of.
      const four = load<u32>(from);
      store<f32>(to, lookUp(scaled, four & 255));
      store<f32>(to, lookUp(scaled, (four >> 8) & 255), 4);
      store<f32>(to, lookUp(scaled, (four >> 16) & 255), 8);
      store<f32>(to, lookUp(scaled, four >> 24), 12);
      to += 16;
    }
    for (; from < fromEnd; from++) {
      store<f32>(to, lookUp(scaled, u32(load<u8>(from))));
      to += 4;
    }
  }
}

function lookUp(scaled: usize, byte: u32): f32 {
  return load<f32>(scaled + (usize(byte) << 2));
}
