import { Button, Group, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type ConfusionCounts, mostConfused } from '../../../domain/metrics/confusion.ts';
import { formatCount } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import type { Cell } from './selectors.ts';

const SHOWN = 5;

interface ConfusedPairsProps {
  readonly confusion: ConfusionCounts;
  readonly names: readonly string[];
  readonly onChoose: (cell: Cell) => void;
}

/** The most frequent mistakes; each leads to its images, as its cell of the matrix does. */
export function ConfusedPairs({ confusion, names, onChoose }: ConfusedPairsProps) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const headingId = useId();
  const pairs = mostConfused(confusion, SHOWN);
  if (pairs.length === 0) return null;
  return (
    <div>
      <Title order={3} id={headingId} mb={6}>
        {t('confused')}
      </Title>
      <Group gap={6} role="group" aria-labelledby={headingId}>
        {pairs.map(({ truth, predicted, count }) => (
          <Button
            key={`${truth} ${predicted}`}
            size="compact-sm"
            variant="default"
            onClick={() => onChoose({ truth, predicted })}
          >
            {t('galleryCell', {
              truth: names[truth],
              predicted: names[predicted],
              count: formatCount(count, language),
            })}
          </Button>
        ))}
      </Group>
    </div>
  );
}
