import { useMemo, useState } from 'react';
import type { RunSummary } from '../../../../domain/runs/run.ts';
import { MOST_OVERLAID } from '../../../charts/runColors.ts';
import { type Choice, withoutRun, withRun } from './choices.ts';

/** A run that is laid over others; its place gives it its colour. */
export interface Compared {
  readonly run: RunSummary;
  readonly place: number;
}

interface Comparison {
  /** In the order in which they were chosen. */
  readonly compared: readonly Compared[];
  /** Chooses or leaves out a run; undefined where there is no colour left for it. */
  compare(run: RunSummary): ((isCompared: boolean) => void) | undefined;
  /** These runs and no others. */
  compareOnly(ids: readonly string[]): void;
}

/** Which runs are laid over each other. A deleted run leaves; restored, it is back. */
export function useComparison(runs: readonly RunSummary[]): Comparison {
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const compared = useMemo(
    () =>
      choices.flatMap(({ id, place }) => {
        const run = runs.find((candidate) => candidate.id === id);
        return run ? [{ run, place }] : [];
      }),
    [choices, runs],
  );
  const present: readonly Choice[] = compared.map(({ run, place }) => ({ id: run.id, place }));
  return {
    compared,
    compare({ id }) {
      const isFull = present.length >= MOST_OVERLAID;
      if (isFull && !present.some((choice) => choice.id === id)) return undefined;
      return (isCompared) =>
        setChoices(isCompared ? withRun(present, id) : withoutRun(choices, id));
    },
    compareOnly(ids) {
      setChoices(ids.slice(0, MOST_OVERLAID).reduce(withRun, [] as readonly Choice[]));
    },
  };
}
