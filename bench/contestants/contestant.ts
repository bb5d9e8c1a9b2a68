import type { LayerOperation } from '../work/operations.ts';
import type { Work } from '../work/work.ts';

/**
 * One implementation of the training step, wherever it runs: every file of this folder exports an `open`
 * that gives a contestant. PyTorch's speaks the same in Python (torch/torchHost.py). Whoever holds the
 * clock asks for `run` and hears when it is done.
 */
export interface Contestant {
  /** What has to be known of it: its version, where it computes, how many threads it has. */
  readonly facts: Facts;
  /** Makes the network of a work, from its weights: `run` is then a training step. */
  step(work: Work): Promise<Runner>;
  /** Makes one operation of the work's network: `run` is then that. Undefined where it has none such. */
  operation?(work: Work, operation: LayerOperation): Promise<Runner | undefined>;
  /** Every call of a step, timed one by one. */
  plan?(work: Work, rounds: number): Promise<StepPlanTable>;
}

export type Facts = Readonly<Record<string, string | number>>;

export interface Runner {
  /** Does the work so often, and resolves when all of it is done: with the last loss, where there is one. */
  run(times: number): Promise<number | undefined>;
  /** The same as the app does it, a message between two steps; tells how often it was looked into meanwhile. */
  live?(times: number, looking: boolean): Promise<Looked>;
  /** How many of the images that are not trained on it reads rightly. */
  validate?(): Promise<number>;
  /** More to tell: bytes, calls a step. */
  readonly facts?: Facts;
  /** FLOPs of the work once, of a probe. */
  readonly flops?: number;
  dispose(): void;
}

/** Looks into a network, and the milliseconds from the beginning of each to its end. */
export interface Looked {
  readonly count: number;
  readonly ms: number;
}

/** A table of what a step consists of. */
export interface StepPlanTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** A sentence with the sums. */
  readonly summary: string;
}

/** How a contestant is opened. */
export interface ContestantOptions {
  readonly threads: number;
  /** Of the registry: a backend, a flag. */
  readonly settings: Readonly<Record<string, string>>;
}

export type Open = (options: ContestantOptions) => Promise<Contestant>;
