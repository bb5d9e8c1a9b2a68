import { at } from '../../src/util/assert.ts';
import type { FmaPeak } from './fmaPeak.ts';
import { digits, table } from './markdown.ts';
import { median, type Timing } from './stopwatch.ts';

/** What the step of one contestant comes to. */
export interface StepResult {
  readonly name: string;
  readonly note?: string;
  readonly stepMs: number;
  readonly scriptMs: number;
  readonly imagesPerSecond: number;
  readonly gflops: number;
  /** The median over the rounds, each compared with the peak around it. */
  readonly shareOfLoopPeak: number;
  readonly shareOfStraightPeak: number;
  /** Its time over ours; undefined where ours was not measured. */
  readonly ratioToOurs?: number;
  readonly stepsInBurst: number;
  readonly roundsMs: readonly number[];
  readonly facts: Readonly<Record<string, number | string>>;
}

interface Work {
  readonly batch: number;
  /** Of one step. */
  readonly flops: number;
}

export function stepResults(
  timings: readonly Timing<FmaPeak>[],
  { batch, flops }: Work,
): StepResult[] {
  const ours = timings.find(({ contestant }) => contestant.name === 'ours');
  return timings.map(({ contestant, stepMs, scriptMs, burst, roundsMs, probes }) => {
    const share = (of: keyof FmaPeak) => shareOfPeak(flops, roundsMs, probes, of);
    const gflops = flops / stepMs / 1e6;
    return {
      name: contestant.name,
      ...(contestant.note === undefined ? {} : { note: contestant.note }),
      stepMs,
      scriptMs,
      imagesPerSecond: (1000 * batch) / stepMs,
      gflops,
      shareOfLoopPeak: share('loopGflops'),
      shareOfStraightPeak: share('straightGflops'),
      ...(ours ? { ratioToOurs: stepMs / ours.stepMs } : {}),
      stepsInBurst: burst,
      roundsMs,
      facts: contestant.facts?.() ?? {},
    };
  });
}

/**
 * A machine that others share has its good and bad minutes, and a step of the one says nothing beside
 * a peak of the other: each round has its own share, and the median of these is told.
 */
function shareOfPeak(
  flops: number,
  roundsMs: readonly number[],
  probes: Timing<FmaPeak>['probes'],
  of: keyof FmaPeak,
): number {
  const shares = probes.map(([before, after], round) => {
    const gflops = flops / at(roundsMs, round) / 1e6;
    return gflops / ((before[of] + after[of]) / 2);
  });
  return median(shares);
}

export function stepTable(results: readonly StepResult[]): string {
  const rows = results.map((result) => [
    result.name,
    digits(result.stepMs),
    digits(result.scriptMs),
    digits(result.imagesPerSecond),
    digits(result.gflops),
    percent(result.shareOfLoopPeak),
    percent(result.shareOfStraightPeak),
    result.ratioToOurs === undefined ? '–' : digits(result.ratioToOurs),
  ]);
  const head = [
    'step',
    'ms',
    'of it JavaScript',
    'images/s',
    'GFLOP/s',
    'of loop peak',
    'of straight peak',
    'time / ours',
  ];
  return [table(head, rows), ...notes(results)].join('\n\n');
}

/** What the numbers alone do not say, a line a contestant. */
function notes(results: readonly StepResult[]): string[] {
  const lines = results.flatMap(({ name, note, facts, stepsInBurst }) => {
    const told = Object.entries(facts).map(([what, value]) => `${what}: ${value}`);
    const burst = stepsInBurst > 1 ? [`${stepsInBurst} steps in a row a round`] : [];
    const all = [...(note === undefined ? [] : [note]), ...told, ...burst];
    return all.length > 0 ? [`- ${name}: ${all.join('; ')}.`] : [];
  });
  return lines.length > 0 ? [lines.join('\n')] : [];
}

function percent(share: number): string {
  return `${digits(100 * share)} %`;
}
