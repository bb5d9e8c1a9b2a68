import { useTranslation } from 'react-i18next';
import { isSetOf } from '../../../domain/data/datasetIdentity.ts';
import type { RunSummary, TestFigure } from '../../../domain/runs/run.ts';
import { formatCount, formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { useIntervalWords } from '../evaluation/useIntervalWords.ts';

interface TestWords {
  readonly accuracy: string;
  /** Where it may lie in truth; undefined where nobody knows of how many images it is. */
  readonly interval: string | undefined;
  /** After which step, and on which images, where these are not the run's last and its own. */
  readonly departures: string | undefined;
}

/** Puts the test accuracy of a run into words; undefined where it has none. */
export function useTestWords(): (
  run: Pick<RunSummary, 'step' | 'datasetId' | 'test'>,
) => TestWords | undefined {
  const { t } = useTranslation('runs');
  const language = useLanguage();
  const intervalWords = useIntervalWords();
  return (run) => {
    const { test } = run;
    if (!test) return undefined;
    const departures = [
      ...(test.step === run.step
        ? []
        : [t('test.step', { step: formatCount(test.step, language) })]),
      ...(isOfRunsSet(run, test) ? [] : [t('test.dataset', { dataset: test.datasetName })]),
    ];
    return {
      accuracy: formatPercent(test.accuracy, language),
      interval: test.images === undefined ? undefined : intervalWords(test.accuracy, test.images),
      departures: departures.length > 0 ? departures.join(', ') : undefined,
    };
  };
}

/** One that nobody can tell to be of another set. */
function isOfRunsSet(run: Pick<RunSummary, 'datasetId'>, { datasetId }: TestFigure): boolean {
  return datasetId === undefined || isSetOf(run, { id: datasetId }) !== false;
}
