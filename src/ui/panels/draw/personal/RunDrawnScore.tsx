import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DrawnFigures } from '../../../../domain/drawing/drawings.ts';
import { formatCount, formatPercent } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import { useIntervalWords } from '../../evaluation/useIntervalWords.ts';

interface RunDrawnScoreProps {
  readonly score: DrawnFigures | undefined;
  /** Steps that the run has done. */
  readonly step: number;
}

/** How a run last read the personal test set, if it did. */
export function RunDrawnScore({ score, step }: RunDrawnScoreProps) {
  const { t } = useTranslation('personal');
  const language = useLanguage();
  const intervalWords = useIntervalWords();
  if (!score || score.total === 0) return null;
  const { right, total, trainedOn } = score;
  const figure = t('runScore', {
    right: formatCount(right, language),
    total: formatCount(total, language),
    share: formatPercent(right / total, language, 1),
  });
  const words = [
    figure,
    intervalWords(right / total, total),
    ...(trainedOn === undefined
      ? []
      : [t('runTrainedOn', { total: formatCount(trainedOn, language) })]),
    ...(score.step === step ? [] : [t('runScoredAt', { step: formatCount(score.step, language) })]),
  ];
  return (
    <Text size="xs" className="wb-tabular">
      {words.join(' · ')}
    </Text>
  );
}
