/** How often a thread looks again before it goes to sleep: some microseconds. */
const SPINS: i32 = 4000;

/**
 * Waits until all threads have called it. `sync` are two u32, zero at first: how many threads have
 * arrived, and how often all had. Gives 1 where the others did not come within `seconds`, else 0. With
 * 0 seconds it looks again and again and never sleeps, as a page's own thread must.
 *
 * A thread on its own does not wait, and in a memory that is not shared there is no other.
 */
export function barrier(sync: usize, seconds: i32, threads: i32): i32 {
  if (ASC_FEATURE_THREADS) {
    if (threads > 1) return meet(sync, i64(seconds) * 1000000000, threads);
  }
  return 0;
}

function meet(sync: usize, nanoseconds: i64, threads: i32): i32 {
  const round = atomic.load<i32>(sync, 4);
  if (atomic.add<i32>(sync, 1) + 1 === threads) {
    atomic.store<i32>(sync, 0);
    atomic.store<i32>(sync, round + 1, 4);
    atomic.notify(sync + 4, threads);
    return 0;
  }
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(sync, 4) !== round) return 0;
  }
  while (atomic.load<i32>(sync, 4) === round) {
    if (nanoseconds > 0 && atomic.wait<i32>(sync + 4, round, nanoseconds) === 2) {
      return 1;
    }
  }
  return 0;
}
