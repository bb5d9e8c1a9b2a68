import { assert } from '../../src/util/assert.ts';
import type { Contestant } from './contestant.ts';

/** Times of one contestant, in milliseconds a step. */
export interface Timing {
  readonly contestant: Contestant;
  readonly stepMs: number;
  /** What JavaScript spent in `step`, compilation of the first excepted. */
  readonly scriptMs: number;
  /** Steps enqueued in a row in every round. */
  readonly burst: number;
  readonly roundsMs: readonly number[];
}

/**
 * Nobody who trains waits for the device after every step, so fast devices get several steps in a
 * row: as many as take this long, within limits that keep the queue short.
 */
const BURST_MS = 400;
const LONGEST_BURST = 20;
/** A first step that takes this long is not run again to warm up. */
const SLOW_MS = 10_000;

/**
 * Times all contestants in turns (A B C A B C ...), so that whatever else happens on the machine
 * meets all of them, and takes the median of the rounds. `tell` hears of the progress;
 * `betweenRounds` comes before each.
 */
export async function timeInTurns(
  contestants: readonly Contestant[],
  rounds: number,
  tell: (line: string) => void,
  betweenRounds: () => Promise<void> = async () => {},
): Promise<Timing[]> {
  const runs = [];
  for (const contestant of contestants) {
    tell(`${contestant.name}: warming up ...`);
    const burst = await warmUp(contestant);
    runs.push({ contestant, burst, stepMs: [] as number[], scriptMs: [] as number[] });
  }
  for (let round = 1; round <= rounds; round++) {
    await betweenRounds();
    for (const { contestant, burst, stepMs, scriptMs } of runs) {
      const time = await timeBurst(contestant, burst);
      stepMs.push(time.stepMs);
      scriptMs.push(time.scriptMs);
      tell(`${contestant.name}: round ${round} of ${rounds}, ${time.stepMs.toFixed(1)} ms a step`);
    }
  }
  return runs.map(({ contestant, burst, stepMs, scriptMs }) => ({
    contestant,
    burst,
    stepMs: median(stepMs),
    scriptMs: median(scriptMs),
    roundsMs: stepMs,
  }));
}

/** Lets the contestant compile, and finds how many steps make a burst. */
async function warmUp(contestant: Contestant): Promise<number> {
  const { stepMs: firstMs } = await timeBurst(contestant, 1);
  if (firstMs > SLOW_MS) return 1;
  const { stepMs } = await timeBurst(contestant, 1);
  const burst = Math.max(1, Math.min(LONGEST_BURST, Math.floor(BURST_MS / stepMs)));
  // Buffer pools fill up in the first burst of full length.
  if (burst > 1) await timeBurst(contestant, burst);
  return burst;
}

async function timeBurst(contestant: Contestant, steps: number) {
  const start = performance.now();
  for (let i = 0; i < steps; i++) contestant.step();
  const enqueued = performance.now();
  await contestant.settle();
  return {
    stepMs: (performance.now() - start) / steps,
    scriptMs: (enqueued - start) / steps,
  };
}

export function median(values: readonly number[]): number {
  assert(values.length > 0, 'a median is of something');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(
    Math.ceil(middle) - 1,
    Math.floor(middle) + 1,
  );
  return (low + high) / 2;
}
