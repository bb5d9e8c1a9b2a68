/**
 * A kernel is called by every thread with the same arguments, its own number and the number of
 * threads, and does its part of the work. The parts differ, never the order of a sum: whatever the
 * number of threads, the result has the same bits.
 */

/** The first of `count` items that this thread works on; the next thread's first is its end. */
export function firstOf(count: i32, thread: i32, threads: i32): i32 {
  return i32((i64(count) * i64(thread)) / i64(threads));
}

/** The same of columns, of which a thread works on vectors of 4: only the last may have fewer. */
export function firstColumnOf(columns: i32, thread: i32, threads: i32): i32 {
  return min(columns, 4 * firstOf((columns + 3) / 4, thread, threads));
}
