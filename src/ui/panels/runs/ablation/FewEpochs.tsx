import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  type AblationFrame,
  epochsOf,
  FEWEST_EPOCHS,
} from '../../../../domain/ablation/ablation.ts';

interface FewEpochsProps {
  readonly frame: Pick<AblationFrame, 'steps' | 'batchSize'>;
  readonly trainingImages: number;
}

/** A warning where the runs are too short to learn anything by heart. */
export function FewEpochs({ frame, trainingImages }: FewEpochsProps) {
  const { t } = useTranslation('ablation');
  if (epochsOf(frame, trainingImages) >= FEWEST_EPOCHS) return null;
  return (
    <Text size="sm" mb={6}>
      <span aria-hidden>▲ </span>
      <span>{t('fewEpochs', { fewest: FEWEST_EPOCHS })}</span>
    </Text>
  );
}
