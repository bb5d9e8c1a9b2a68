import { useEffect, useMemo, useState } from 'react';
import { useWorkbench } from '../../../../app/useStore.ts';
import type { KeptEvaluation } from '../../../../domain/metrics/keptEvaluation.ts';
import {
  type PairedComparison,
  pairedComparison,
} from '../../../../domain/metrics/pairedComparison.ts';
import type { ComparedRun } from './selectors.ts';

/** The first run beside each of the others, by their ids; those that cannot be compared are missing. */
export function usePairedComparisons(
  runs: readonly ComparedRun[],
): ReadonlyMap<string, PairedComparison> {
  const evaluations = useEvaluations(runs);
  return useMemo(() => {
    const [first, ...others] = runs.map(({ record }) => record.id);
    const own = evaluations.get(first ?? '');
    return new Map(
      others.flatMap((id) => {
        const other = evaluations.get(id);
        const compared = own && other && pairedComparison(own, other);
        return compared ? [[id, compared] as const] : [];
      }),
    );
  }, [runs, evaluations]);
}

/** Fetched again when a run was evaluated anew. */
function useEvaluations(runs: readonly ComparedRun[]): ReadonlyMap<string, KeptEvaluation> {
  const workbench = useWorkbench();
  const [evaluations, setEvaluations] = useState<ReadonlyMap<string, KeptEvaluation>>(new Map());
  const key = JSON.stringify(runs.map(({ record: { id, test } }) => [id, test]));
  useEffect(() => {
    let isWanted = true;
    const wanted: readonly [string, object | undefined][] = JSON.parse(key);
    const ids = wanted.flatMap(([id, test]) => (test ? [id] : []));
    // A refusal already stands among the notices.
    Promise.all(ids.map((id) => workbench.runEvaluation(id).catch(() => undefined)))
      .then((all) => {
        if (!isWanted) return;
        setEvaluations(
          new Map(
            all.flatMap((one, i) => {
              const id = ids[i];
              return one && id !== undefined ? [[id, one] as const] : [];
            }),
          ),
        );
      })
      .catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [workbench, key]);
  return evaluations;
}
