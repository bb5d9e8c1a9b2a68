import type { ContestantOptions, Facts, Looked, StepPlanTable } from '../contestants/contestant.ts';
import type { LayerOperation } from '../work/operations.ts';

/** Every question that a host is asked; torch/torchHost.py answers the same. */
export type HostRequest =
  /** What the adapter is, before anything else is done. */
  | { readonly do: 'adapter' }
  /** Keeps a core busy, so that the system's figures tell which process is asked. */
  | { readonly do: 'spin'; readonly ms: number }
  | { readonly do: 'open'; readonly module: string; readonly options: ContestantOptions }
  /** Reads a work into memory: what is asked next is of this one. No clock runs meanwhile. */
  | ({ readonly do: 'load' } & WorkFiles)
  /** `run` is from now on a training step of the work. */
  | { readonly do: 'step' }
  | { readonly do: 'operation'; readonly operation: LayerOperation }
  | { readonly do: 'plan'; readonly rounds: number }
  /** `run` is from now on the product of two large matrices; asked of PyTorch alone. */
  | { readonly do: 'peak' }
  /** With `looking`, of ours alone, message by message as in the app: with every layer looked into, or not. */
  | { readonly do: 'run'; readonly times: number; readonly looking?: boolean }
  | { readonly do: 'validate' }
  | { readonly do: 'memory' };

/** Where the two files of a work are. */
export interface WorkFiles {
  readonly manifest: string;
  readonly bytes: string;
}

export interface HostAnswer {
  /** Why not. */
  readonly error?: string;
  readonly facts?: Facts;
  readonly adapter?: AdapterFacts;
  /** The contestant has no such operation. */
  readonly absent?: boolean;
  readonly loss?: number;
  readonly flops?: number;
  readonly right?: number;
  /** How often it was looked into, and how long that took in all. */
  readonly looks?: Looked;
  readonly plan?: StepPlanTable;
  /** The most that buffers on the GPU have had together. */
  readonly gpuBufferBytes?: number;
}

export interface AdapterFacts {
  /** Vendor, architecture, description: what the browser tells. */
  readonly names: string;
  readonly software: boolean;
}
