import { useTranslation } from 'react-i18next';
import type { RunRecord } from '../../../../domain/runs/run.ts';
import {
  formatDuration,
  formatLoss,
  formatPercent,
  formatPoints,
} from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import { useTestWords } from '../useTestWords.ts';
import type { TableRow } from './useDifferenceRows.ts';

/** What the runs came to at their last validation, and in their last test. */
export function useFigureRows(): readonly TableRow[] {
  const { t } = useTranslation('compare');
  const language = useLanguage();
  const percent = (share: number | undefined) =>
    share === undefined ? undefined : formatPercent(share, language);
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
    { name: t('finalValidation'), cellOf: ({ record }) => percent(last(record)?.accuracy) },
    {
      name: t('finalTest'),
      cellOf: ({ record }) => {
        const words = testWords(record);
        return words && [words.accuracy, words.departures].filter(Boolean).join(' ');
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
