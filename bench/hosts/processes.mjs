import { readFile } from 'node:fs/promises';

/** What Linux tells of processes; elsewhere nothing is known. */

/**
 * The most memory that a process has held so far, in bytes.
 * @param {number} pid @returns {Promise<number | undefined>}
 */
export async function peakMemoryOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return peakIn(status);
}

/** @param {string} status of /proc */
export function peakIn(status) {
  const kibibytes = /VmHWM:\s*(\d+) kB/.exec(status)?.[1];
  return kibibytes === undefined ? undefined : 1024 * Number(kibibytes);
}

/**
 * Hundredths of a second that each has computed.
 * @param {readonly number[]} pids @returns {Promise<Map<number, number>>}
 */
export async function ticksOf(pids) {
  /** @type {Map<number, number>} */
  const ticks = new Map();
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const spent = ticksIn(stat);
    if (spent !== undefined) ticks.set(pid, spent);
  }
  return ticks;
}

/** The name, in brackets, may have anything in it. @param {string} stat of /proc */
export function ticksIn(stat) {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [fields[11], fields[12]];
  return user === undefined || system === undefined ? undefined : Number(user) + Number(system);
}

/**
 * The one that computed the most in between.
 * @param {ReadonlyMap<number, number>} before @param {ReadonlyMap<number, number>} after
 */
export function busiest(before, after) {
  const risen = [...after].map(([pid, ticks]) => ({ pid, by: ticks - (before.get(pid) ?? 0) }));
  const most = risen.sort((a, b) => b.by - a.by)[0];
  return most && most.by > 0 ? most.pid : undefined;
}
