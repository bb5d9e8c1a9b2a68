import { spreadOf } from './spread.mjs';

/**
 * Who takes part in a measurement in turns.
 * @typedef {object} Racer
 * @property {string} id
 * @property {(times: number) => Promise<unknown>} run does its work so often, and resolves when all of it is done
 */

/**
 * @typedef {object} RaceOptions
 * @property {number} rounds
 * @property {(line: string) => void} tell hears of the progress
 * @property {() => number} [now] the one clock, in milliseconds
 * @property {number} [burstMs] how long a burst is to take
 * @property {number} [warmUpMs] how long everybody warms up
 */

/**
 * Times of one racer, in milliseconds for its work once.
 * @typedef {object} RaceResult
 * @property {string} id
 * @property {number} burst how often the work was done in a row in every round
 * @property {number} warmUps how often it was done before
 * @property {readonly number[]} roundsMs
 * @property {import('./spread.mjs').Spread} ms
 */

/** Longer than what asking costs, and than the slices in which an operating system hands out cores. */
const BURST_MS = 500;
const LONGEST_BURST = 500;
/** Everybody warms up for as long, and at least by one more turn of the work. */
const WARM_UP_MS = 2000;

/**
 * Times all racers in turns, so that whatever else happens on the machine meets all of them. Each round
 * begins with the next one, so that nobody always follows the same. One clock, that of the caller, times
 * everybody: from the question to the answer, divided by how often the work was done.
 * @param {readonly Racer[]} racers
 * @param {RaceOptions} options
 * @returns {Promise<RaceResult[]>}
 */
export async function timeInTurns(racers, options) {
  const { rounds, tell, now = () => performance.now() } = options;
  const { burstMs = BURST_MS, warmUpMs = WARM_UP_MS } = options;
  /** @param {Racer} racer @param {number} times */
  const time = async ({ run }, times) => {
    const start = now();
    await run(times);
    return (now() - start) / times;
  };
  const entries = [];
  for (const racer of racers) {
    tell(`${racer.id}: warming up ...`);
    const { burst, warmUps } = await warmUp((times) => time(racer, times), burstMs, warmUpMs);
    entries.push({ racer, burst, warmUps, roundsMs: /** @type {number[]} */ ([]) });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { racer, burst, roundsMs } of rotated(entries, round)) {
      const ms = await time(racer, burst);
      roundsMs.push(ms);
      tell(`${racer.id}: round ${round + 1} of ${rounds}, ${ms.toPrecision(4)} ms`);
    }
  }
  return entries.map(({ racer, burst, warmUps, roundsMs }) => ({
    ...{ id: racer.id, burst, warmUps, roundsMs, ms: spreadOf(roundsMs) },
  }));
}

/**
 * The same for all: the work is done again and again until the time of warming up is over, in bursts that
 * grow to the length that the rounds have.
 * @param {(times: number) => Promise<number>} time
 * @param {number} burstMs
 * @param {number} warmUpMs
 */
async function warmUp(time, burstMs, warmUpMs) {
  let warmUps = 0;
  let spentMs = 0;
  let burst = 1;
  do {
    const ms = await time(burst);
    warmUps += burst;
    spentMs += ms * burst;
    burst = Math.max(1, Math.min(LONGEST_BURST, Math.round(burstMs / ms)));
  } while (spentMs < warmUpMs);
  return { burst, warmUps };
}

/**
 * @template T
 * @param {readonly T[]} entries
 * @param {number} round
 * @returns {T[]}
 */
export function rotated(entries, round) {
  const first = entries.length === 0 ? 0 : round % entries.length;
  return [...entries.slice(first), ...entries.slice(0, first)];
}
