import type { AdapterReport } from '../../src/domain/engineReport.ts';
import type { FmaPeak } from './fmaPeak.ts';
import type { HostFacts } from './host.ts';
import { table } from './markdown.ts';

/** Where and when a measurement was made: without it the numbers mean nothing. */
export interface Machine {
  readonly date: string;
  readonly adapter: Pick<AdapterReport, 'vendor' | 'architecture' | 'description' | 'software'>;
  readonly facts: HostFacts;
  readonly peak: FmaPeak;
}

export function describeMachine({ date, adapter, facts, peak }: Machine): string {
  const names = [adapter.vendor, adapter.architecture, adapter.description].filter(Boolean);
  const kind = adapter.software ? ' (software: no GPU)' : '';
  return table(
    ['machine', ''],
    [
      ['adapter', names.join(', ') + kind],
      ['host', facts.host],
      ['processor', `${facts.cpu}, ${facts.cores} cores`],
      ['measured FMA peak', peakText(peak)],
      ['date', date],
      ['command', `\`${facts.command}\``],
    ],
  );
}

function peakText({ loopGflops, straightGflops }: FmaPeak): string {
  const round = (gflops: number) => gflops.toPrecision(3);
  return `${Number(round(loopGflops))} GFLOP/s in a loop, ${Number(round(straightGflops))} straight`;
}
