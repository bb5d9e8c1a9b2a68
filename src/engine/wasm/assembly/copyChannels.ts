import { storeFirst } from './elements';
import { firstOf } from './partition';

/**
 * `to[row, c] = from[row, c]` for `count` channels of each row, where rows are `fromChannels` and
 * `toChannels` floats apart: takes channels out of images, or puts them among others. Threads divide
 * the rows.
 */
export function copyChannels(
  from: usize,
  fromChannels: i32,
  to: usize,
  toChannels: i32,
  count: i32,
  rows: i32,
  thread: i32,
  threads: i32,
): void {
  const fromPitch = usize(fromChannels) << 2;
  const toPitch = usize(toChannels) << 2;
  const end = firstOf(rows, thread + 1, threads);
  for (let row = firstOf(rows, thread, threads); row < end; row++) {
    const source = from + usize(row) * fromPitch;
    const target = to + usize(row) * toPitch;
    for (let channel = 0; channel < count; channel += 4) {
      const at = usize(channel) << 2;
      storeFirst(target + at, v128.load(source + at), count - channel);
    }
  }
}
