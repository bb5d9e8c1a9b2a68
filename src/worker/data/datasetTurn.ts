import { waitOverChannel } from '../../storage/channelLock.ts';
import { isDenied } from '../../storage/locks.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { FIRST_SITE } from '../../util/siteName.ts';

/** One tab at a time writes and clears away: parts whose note is still to come look like loose ones. */
export const datasetLock = (site = FIRST_SITE) => `${site}:datasets`;

export interface TurnOptions {
  readonly name?: string;
  /** Absent outside of secure contexts. */
  readonly locks?: LockManager | null;
  readonly pauseMs?: number;
  readonly mostMs?: number;
}

/** Who has the lock answers at once, so that asking without a pause would keep both tabs busy. */
const PAUSE_MS = 500;
/** The largest set is written within a minute or two; a tab that the browser has frozen never ends. */
const MOST_MS = 300_000;

/** Does the task while no other tab does one. Throws `wait.tooLong` where that does not come to pass. */
export async function alone<T>(
  task: () => Promise<T>,
  {
    name = datasetLock(),
    locks = navigator.locks,
    pauseMs = PAUSE_MS,
    mostMs = MOST_MS,
  }: TurnOptions = {},
): Promise<T> {
  const late = new WorkbenchError('wait.tooLong', {
    ...{ waitedFor: { code: 'wait.otherTab' }, seconds: Math.round(mostMs / 1000) },
  });
  return locks
    ? aloneByLocks(task, name, locks, mostMs, late)
    : aloneByChannel(task, name, pauseMs, mostMs, late);
}

async function aloneByLocks<T>(
  task: () => Promise<T>,
  name: string,
  locks: LockManager,
  mostMs: number,
  late: WorkbenchError,
): Promise<T> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(late), mostMs);
  let hasBegun = false;
  try {
    return await locks.request(name, { signal: waiting.signal }, () => {
      clearTimeout(timer);
      hasBegun = true;
      return task();
    });
  } catch (error) {
    if (hasBegun || !isDenied(error)) throw error;
    return await task();
  } finally {
    clearTimeout(timer);
  }
}

async function aloneByChannel<T>(
  task: () => Promise<T>,
  name: string,
  pauseMs: number,
  mostMs: number,
  late: WorkbenchError,
): Promise<T> {
  const letGo = await waitOverChannel(name, { pauseMs, mostMs });
  if (!letGo) throw late;
  try {
    return await task();
  } finally {
    letGo();
  }
}
