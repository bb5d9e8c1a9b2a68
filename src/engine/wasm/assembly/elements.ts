import { firstOf } from './partition';

/** Elements that one thread takes at once: a line of the cache, which two threads never both write. */
const GROUP: i32 = 16;

/**
 * The first of `count` elements that this thread works on, a multiple of 16: only the last part may
 * end amid a vector. The next thread's first is its end.
 */
export function firstElement(count: i32, thread: i32, threads: i32): i32 {
  return min(count, GROUP * firstOf((count + GROUP - 1) / GROUP, thread, threads));
}

/** Writes the first `count` of 4 lanes; of a count above 4, all. */
export function storeFirst(to: usize, lanes: v128, count: i32): void {
  if (count >= 4) {
    v128.store(to, lanes);
    return;
  }
  if (count > 0) v128.store_lane<f32>(to, lanes, 0);
  if (count > 1) v128.store_lane<f32>(to, lanes, 1, 4);
  if (count > 2) v128.store_lane<f32>(to, lanes, 2, 8);
}
