import { digits, table } from '../lib/markdown.ts';
import type { Timing } from '../lib/stopwatch.ts';

/** What the step of one contestant comes to. */
export interface CpuStepResult {
  readonly name: string;
  /** What the numbers alone do not say. */
  readonly notes: readonly string[];
  readonly stepMs: number;
  readonly imagesPerSecond: number;
  readonly gflops: number;
  /** Its time over ours; undefined where ours was not measured. */
  readonly ratioToOurs?: number;
  readonly stepsInBurst: number;
  readonly roundsMs: readonly number[];
}

export function cpuStepResults(
  timings: readonly Timing[],
  { batch, flops }: { batch: number; flops: number },
): CpuStepResult[] {
  const ours = timings.find(({ contestant }) => contestant.name === 'ours');
  return timings.map(({ contestant, stepMs, burst, roundsMs }) => ({
    name: contestant.name,
    notes: [
      ...(contestant.note === undefined ? [] : [contestant.note]),
      ...Object.entries(contestant.facts?.() ?? {}).map(([what, value]) => `${what}: ${value}`),
      ...(burst > 1 ? [`${burst} steps in a row a round`] : []),
    ],
    stepMs,
    imagesPerSecond: (1000 * batch) / stepMs,
    gflops: flops / stepMs / 1e6,
    ...(ours ? { ratioToOurs: stepMs / ours.stepMs } : {}),
    stepsInBurst: burst,
    roundsMs,
  }));
}

export function cpuStepTable(results: readonly CpuStepResult[]): string {
  const head = ['step', 'ms', 'rounds', 'images/s', 'GFLOP/s', 'time / ours'];
  const rows = results.map((result) => [
    result.name,
    digits(result.stepMs),
    `${digits(Math.min(...result.roundsMs))} to ${digits(Math.max(...result.roundsMs))}`,
    digits(result.imagesPerSecond),
    digits(result.gflops),
    result.ratioToOurs === undefined ? '–' : digits(result.ratioToOurs),
  ]);
  const notes = results.flatMap(({ name, notes }) =>
    notes.length > 0 ? [`- ${name}: ${notes.join('; ')}.`] : [],
  );
  return [table(head, rows), ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n');
}
