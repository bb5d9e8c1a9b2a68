import type { HostFacts, Outcome } from '../lib/host.ts';
import { table } from '../lib/markdown.ts';
import type { AskTorch, TorchAnswer } from './torch.ts';

export interface CpuOptions {
  readonly width: number;
  readonly batch: number;
  readonly rounds: number;
  readonly only: readonly CpuContestantName[];
  /** Of ours, of jax-js and of PyTorch; 0 for all that the machine has. */
  readonly threads: number;
}

export type CpuContestantName = 'ours' | 'jax' | 'torch' | 'tape';

/** What a benchmark of the CPU engine gets beside its options. */
export interface CpuHost {
  readonly facts: HostFacts;
  readonly tell: (line: string) => void;
  readonly askTorch: AskTorch;
}

export type CpuRun = (options: CpuOptions, host: CpuHost) => Promise<Outcome>;

/** Where and when a measurement was made. */
export interface CpuMachine {
  readonly date: string;
  readonly facts: HostFacts;
  readonly threads: number;
}

export function cpuMachine(facts: HostFacts, threads: number): CpuMachine {
  return { date: new Date().toISOString().slice(0, 10), facts, threads };
}

export function describeCpu({ date, facts, threads }: CpuMachine): string {
  return table(
    ['machine', ''],
    [
      ['processor', `${facts.cpu}, ${facts.cores} cores`],
      ['threads', threads],
      ['host', facts.host],
      ['date', date],
      ['command', `\`${facts.command}\``],
    ],
  );
}

/** Opens PyTorch where it is asked for and there; tells, and gives nothing, where it is not. */
export async function openTorch(
  { only }: CpuOptions,
  { askTorch, tell }: CpuHost,
  threads: number,
): Promise<TorchAnswer | undefined> {
  if (!only.includes('torch')) return undefined;
  const torch = await askTorch({ open: threads });
  if (torch.missing) tell(`Without PyTorch: ${torch.missing}.`);
  return torch;
}
