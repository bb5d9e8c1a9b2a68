import { useCallback } from 'react';
import type { ComparedRun, LegendKey } from './selectors.ts';
import { useRecipeWords } from './useRecipeWords.ts';

/** With more than this a name says less than the run's own. */
const MOST_NAMED = 2;

/** What the pointer reads a run's curve as: what sets it apart, or its name where that is much. */
export function useCurveNames(legend: readonly LegendKey[]): (run: ComparedRun) => string {
  const { differences } = useRecipeWords();
  return useCallback(
    ({ record }) =>
      legend.length === 0 || legend.length > MOST_NAMED
        ? record.name
        : differences(record.recipe, legend),
    [differences, legend],
  );
}
