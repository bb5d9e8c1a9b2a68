import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemoryEstimate } from '../../../domain/architecture/shapes.ts';
import { Figure } from '../../components/Figure.tsx';
import { formatBytes, formatCount } from '../../components/format.ts';
import { Term } from '../../components/Term.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './MemoryEstimateView.module.css';
import { type MemoryPart, memoryParts } from './selectors.ts';

interface MemoryEstimateViewProps {
  readonly estimate: MemoryEstimate;
  readonly batchSize: number;
}

/** What training asks of the GPU's memory, and for what. */
export function MemoryEstimateView({ estimate, batchSize }: MemoryEstimateViewProps) {
  const { t } = useTranslation('architecture');
  const language = useLanguage();
  const parts = memoryParts(estimate);
  const names: Record<MemoryPart['part'], ReactNode> = {
    weights: t('weights'),
    gradients: t('gradients'),
    optimizer: t('optimizer'),
    activations: <Term word="activation" />,
  };
  return (
    <div>
      <Text size="sm" className="wb-tabular">
        {t('training', {
          batch: formatCount(batchSize, language),
          total: formatBytes(estimate.totalBytes, language),
        })}
      </Text>
      <div className={classes.bar} aria-hidden>
        {parts.map(({ part, share }) => (
          <span
            key={part}
            data-memory={part}
            className={classes[part]}
            style={{ width: `${100 * share}%` }}
          />
        ))}
      </div>
      <div className="wb-figures">
        {parts.map(({ part, bytes }) => (
          <Figure
            key={part}
            label={
              <span className={classes.name}>
                <span className={`${classes.mark} ${classes[part]}`} aria-hidden />
                <span>{names[part]}</span>
              </span>
            }
            value={formatBytes(bytes, language)}
          />
        ))}
      </div>
    </div>
  );
}
