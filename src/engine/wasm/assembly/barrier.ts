/** How often a thread looks again before it goes to sleep: some microseconds. */
const SPINS: i32 = 4000;

/** Where a thread that failed leaves a number other than 0, in `sync`: `threads/failure.ts`. */
const FAILED: usize = 8;

/** What the barrier gives. */
const MET: i32 = 0;
const LATE: i32 = 1;
const BROKEN: i32 = 2;

/**
 * Waits until all threads have called it. `sync` are three u32, zero at first: how many threads have
 * arrived, how often all had, and whether one has failed. Gives 0 when all are there, 1 where the
 * others did not come within `seconds`, and 2 as soon as one has failed, which never will come. With 0
 * seconds it looks again and again and never sleeps, as a page's own thread must.
 *
 * A thread on its own does not wait, and in a memory that is not shared there is no other.
 */
export function barrier(sync: usize, seconds: i32, threads: i32): i32 {
  if (ASC_FEATURE_THREADS) {
    if (threads > 1) return meet(sync, i64(seconds) * 1000000000, threads);
  }
  return MET;
}

function meet(sync: usize, nanoseconds: i64, threads: i32): i32 {
  const round = atomic.load<i32>(sync, 4);
  // Who fails says so first and ends the round then: either is seen here.
  if (atomic.load<i32>(sync, FAILED)) return BROKEN;
  if (atomic.add<i32>(sync, 1) + 1 === threads) {
    atomic.store<i32>(sync, 0);
    atomic.store<i32>(sync, round + 1, 4);
    atomic.notify(sync + 4, threads);
    return MET;
  }
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(sync, 4) !== round) return outcome(sync);
  }
  while (atomic.load<i32>(sync, 4) === round) {
    if (nanoseconds > 0 && atomic.wait<i32>(sync + 4, round, nanoseconds) === 2) {
      return LATE;
    }
  }
  return outcome(sync);
}

function outcome(sync: usize): i32 {
  return atomic.load<i32>(sync, FAILED) ? BROKEN : MET;
}
