import { useTranslation } from 'react-i18next';
import type { Hyperparameter } from '../../../../domain/recipe/recipeDifference.ts';
import type { ComparedRun } from './selectors.ts';
import { useRecipeWords } from './useRecipeWords.ts';

/** A row of the table: its name, and what it says of each run (nothing where nothing is known). */
export interface TableRow {
  readonly name: string;
  readonly cellOf: (run: ComparedRun) => string | undefined;
}

/** What the runs do not have in common: settings, what was set by hand, data set, engine. */
export function useDifferenceRows(
  runs: readonly ComparedRun[],
  differing: readonly Hyperparameter[],
): readonly TableRow[] {
  const { t } = useTranslation('compare');
  const { nameOf, settingOf, rateChanges } = useRecipeWords();
  const others: readonly TableRow[] = [
    { name: t('rateChanges'), cellOf: ({ record }) => rateChanges(record) },
    { name: t('dataset'), cellOf: ({ record }) => record.datasetName },
    { name: t('engine'), cellOf: ({ record }) => record.engine },
  ];
  return [
    ...differing.map((key) => ({
      name: nameOf(key),
      cellOf: ({ record }: ComparedRun) => settingOf(record.recipe, key),
    })),
    ...others.filter(({ cellOf }) => new Set(runs.map(cellOf)).size > 1),
  ];
}
