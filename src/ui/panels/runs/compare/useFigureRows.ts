import { useTranslation } from 'react-i18next';
import type { RunRecord } from '../../../../domain/runs/run.ts';
import {
  formatDuration,
  formatLoss,
  formatPercent,
  formatPoints,
} from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import { useIntervalWords } from '../../evaluation/useIntervalWords.ts';
import { useTestWords } from '../useTestWords.ts';
import type { TableRow } from './useDifferenceRows.ts';

/** What the runs came to at their last validation, and in their last test. */
export function useFigureRows(): readonly TableRow[] {
  const { t } = useTranslation('compare');
  const language = useLanguage();
  const intervalWords = useIntervalWords();
  const testWords = useTestWords();
  const last = ({ history }: RunRecord) => history.validation.at(-1);
  return [
    {
      name: t('finalValidationLoss'),
      cellOf: ({ record }) => {
        const point = last(record);
        return point && formatLoss(point.loss, language);
      },
    },
    {
      name: t('finalValidation'),
      cellOf: ({ record }) => {
        const point = last(record);
        if (!point) return undefined;
        const { accuracy, images } = point;
        return withInterval([formatPercent(accuracy, language)], intervalWords(accuracy, images));
      },
    },
    {
      name: t('finalTest'),
      cellOf: ({ record }) => {
        const words = testWords(record);
        return words && withInterval([words.accuracy, words.departures], words.interval);
      },
    },
    {
      name: t('finalGap'),
      cellOf: ({ gaps }) => {
        const point = gaps.at(-1);
        return point && t('points', { value: formatPoints(point.gap.accuracy, language) });
      },
    },
    {
      name: t('finalTime'),
      cellOf: ({ record }) => formatDuration(record.trainingMs / 1000, language),
    },
  ];
}

function withInterval(
  words: readonly (string | undefined)[],
  interval: string | undefined,
): string {
  return [...words, interval && `(${interval})`].filter(Boolean).join(' ');
}
