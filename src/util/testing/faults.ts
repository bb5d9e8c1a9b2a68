import { afterEach, beforeEach } from 'vitest';
import { pcg4d } from '../random.ts';

/**
 * How tests of the faults that the app must survive tell what they saw: a test sets
 * `task.meta.fault`, whichever runner it runs in, and `npm run faults` makes one table of them all.
 */

/** What a test saw of one of the cases that scripts/lib/faultCases.mjs lists. */
export interface FaultFigures {
  readonly case: number;
  /** What was done to the app; the list has words of its own for the table. */
  readonly words: string;
  readonly injected: number;
  readonly survived: number;
  /** Steps that had to be made again, at worst. */
  readonly worstLossInSteps?: number;
  /** From the fault until work went on, or until a file was refused, at worst. */
  readonly worstRecoverySeconds?: number;
}

declare module 'vitest' {
  interface TaskMeta {
    fault?: FaultFigures;
  }
}

/**
 * How often a test injects its fault: `few` times among the other tests; `whole` times, which the
 * list of cases asks for, or a share of them, where VITE_FAULTS says `whole` or a number up to 1.
 */
export function faultTimes(whole: number, few: number): number {
  const asked = import.meta.env.VITE_FAULTS;
  if (asked === undefined || asked === '') return few;
  if (asked === 'whole') return whole;
  return Math.min(whole, Math.max(few, Math.round(Number(asked) * whole)));
}

/** Uniform numbers from 0 to 1, the same for the same VITE_FAULT_SEED and `stream`. */
export function faultRandom(stream: number): () => number {
  const seed = Number(import.meta.env.VITE_FAULT_SEED ?? 1);
  let drawn = 0;
  return () => pcg4d(seed, stream, drawn++, 0)[0] / 2 ** 32;
}

/** Makes each test of the group that calls this one injected fault of a case, unless it says more itself. */
export function eachInjects(faultCase: number, words: string): void {
  let start = 0;
  beforeEach(() => {
    start = performance.now();
  });
  afterEach(({ task }) => {
    if (task.meta.fault) return;
    const survived = task.result?.state === 'fail' ? 0 : 1;
    const worstRecoverySeconds = (performance.now() - start) / 1000;
    task.meta.fault = { case: faultCase, words, injected: 1, survived, worstRecoverySeconds };
  });
}
