import { Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AugmentedFigures, Evaluation } from '../../../domain/metrics/metrics.ts';
import { Figure } from '../../components/Figure.tsx';
import { formatLoss, formatPercent, formatPoints } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { useIntervalWords } from './useIntervalWords.ts';

interface AveragedFiguresProps {
  readonly plain: Evaluation;
  readonly averaged: AugmentedFigures;
}

/** What the mean over several views comes to, beside the figures of the images as they are. */
export function AveragedFigures({ plain, averaged }: AveragedFiguresProps) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const intervalWords = useIntervalWords();
  const { views, accuracy, loss } = averaged;
  const gain = formatPoints(accuracy - plain.accuracy, language, 'exceptZero');
  return (
    <Box className="wb-figures" mt={10}>
      <Figure
        label={t('averagedAccuracy', { views })}
        value={formatPercent(accuracy, language)}
        unit={[t('points', { points: gain }), intervalWords(accuracy, plain.images)].join(' · ')}
      />
      <Figure label={t('averagedLoss', { views })} value={formatLoss(loss, language)} />
    </Box>
  );
}
