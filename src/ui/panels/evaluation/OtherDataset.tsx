import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { canBringDatasetOfRun } from '../../../app/datasetOfRun.ts';
import { useWorkbenchState } from '../../../app/useStore.ts';

interface OtherDatasetProps {
  readonly name: string;
  readonly disabled: boolean;
  readonly onEvaluate: () => void;
}

/** Says that another data set is in use than the run's, and offers to test on it. */
export function OtherDataset({ name, disabled, onEvaluate }: OtherDatasetProps) {
  const { t } = useTranslation('evaluation');
  const isHere = useWorkbenchState(canBringDatasetOfRun);
  const own = useWorkbenchState(({ run }) => run?.record.datasetName ?? '');
  return (
    <Group justify="space-between" align="center" gap="xs">
      <Text size="sm" c="dimmed" flex="1 1 16rem">
        {t(isHere ? 'otherInUse' : 'ownIsGone', { own, dataset: name })}
      </Text>
      <Button variant="default" size="compact-sm" disabled={disabled} onClick={onEvaluate}>
        {t('evaluateOn', { dataset: name })}
      </Button>
    </Group>
  );
}
