import { assert } from '../../src/util/assert.ts';
import type { Contestant } from './contestant.ts';

/** Times of one contestant, in milliseconds a step. */
export interface Timing<Probe = void> {
  readonly contestant: Contestant;
  readonly stepMs: number;
  /** What JavaScript spent in `step`, compilation of the first excepted. */
  readonly scriptMs: number;
  /** Steps enqueued in a row in every round. */
  readonly burst: number;
  readonly roundsMs: readonly number[];
  /** What was probed right before and right after its burst, for each round. */
  readonly probes: readonly (readonly [before: Probe, after: Probe])[];
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
 * meets all of them, and takes the median of the rounds. `tell` hears of the progress; `probe` is
 * called between the bursts, for what should be seen in the same minutes as they.
 */
export async function timeInTurns(
  contestants: readonly Contestant[],
  rounds: number,
  tell: (line: string) => void,
): Promise<Timing[]>;
export async function timeInTurns<Probe>(
  contestants: readonly Contestant[],
  rounds: number,
  tell: (line: string) => void,
  probe: () => Promise<Probe>,
): Promise<Timing<Probe>[]>;
export async function timeInTurns(
  contestants: readonly Contestant[],
  rounds: number,
  tell: (line: string) => void,
  probe: () => Promise<unknown> = async () => {},
): Promise<Timing<unknown>[]> {
  const runs = [];
  for (const contestant of contestants) {
    tell(`${contestant.name}: warming up ...`);
    const burst = await warmUp(contestant);
    const probes: [unknown, unknown][] = [];
    runs.push({ contestant, burst, stepMs: [] as number[], scriptMs: [] as number[], probes });
  }
  let before = await probe();
  for (let round = 1; round <= rounds; round++) {
    for (const { contestant, burst, stepMs, scriptMs, probes } of runs) {
      const time = await timeBurst(contestant, burst);
      const after = await probe();
      stepMs.push(time.stepMs);
      scriptMs.push(time.scriptMs);
      probes.push([before, after]);
      before = after;
      tell(`${contestant.name}: round ${round} of ${rounds}, ${time.stepMs.toFixed(1)} ms a step`);
    }
  }
  return runs.map(({ contestant, burst, stepMs, scriptMs, probes }) => ({
    contestant,
    burst,
    stepMs: median(stepMs),
    scriptMs: median(scriptMs),
    roundsMs: stepMs,
    probes,
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
