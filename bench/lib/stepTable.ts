import type { FmaPeak } from './fmaPeak.ts';
import { table } from './markdown.ts';
import type { Timing } from './stopwatch.ts';

/** What the step of one contestant comes to. */
export interface StepResult {
  readonly name: string;
  readonly note?: string;
  readonly stepMs: number;
  readonly scriptMs: number;
  readonly imagesPerSecond: number;
  readonly gflops: number;
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
  readonly peak: FmaPeak;
}

export function stepResults(
  timings: readonly Timing[],
  { batch, flops, peak }: Work,
): StepResult[] {
  const ours = timings.find(({ contestant }) => contestant.name === 'ours');
  return timings.map(({ contestant, stepMs, scriptMs, burst, roundsMs }) => {
    const gflops = flops / stepMs / 1e6;
    return {
      name: contestant.name,
      ...(contestant.note === undefined ? {} : { note: contestant.note }),
      stepMs,
      scriptMs,
      imagesPerSecond: (1000 * batch) / stepMs,
      gflops,
      shareOfLoopPeak: gflops / peak.loopGflops,
      shareOfStraightPeak: gflops / peak.straightGflops,
      ...(ours ? { ratioToOurs: stepMs / ours.stepMs } : {}),
      stepsInBurst: burst,
      roundsMs,
      facts: contestant.facts?.() ?? {},
    };
  });
}

export function stepTable(results: readonly StepResult[]): string {
  const rows = results.map((result) => [
    result.name,
    number(result.stepMs),
    number(result.scriptMs),
    number(result.imagesPerSecond),
    number(result.gflops),
    percent(result.shareOfLoopPeak),
    percent(result.shareOfStraightPeak),
    result.ratioToOurs === undefined ? '–' : number(result.ratioToOurs),
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

/** Three digits that mean something, and no exponent. */
function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return `${number(100 * share)} %`;
}
