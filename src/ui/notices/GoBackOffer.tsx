import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../app/useStore.ts';
import { useAttempt } from '../components/useAttempt.ts';

interface GoBackOfferProps {
  readonly children: string;
}

/** What went wrong in training, and the way back to the last checkpoint where there is one. */
export function GoBackOffer({ children }: GoBackOfferProps) {
  const { t } = useTranslation('notices');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const runId = useWorkbenchState(({ run }) => run?.record.id);
  const step = useWorkbenchState(({ run }) => run?.checkpoint?.step);
  const isPaused = useWorkbenchState(({ phase }) => phase === 'paused');
  return (
    <>
      <Text inherit>{children}</Text>
      {runId !== undefined && step !== undefined && isPaused && (
        <Group mt="xs">
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => attempt(workbench.openRun(runId))}
          >
            {t('goBack', { step })}
          </Button>
        </Group>
      )}
    </>
  );
}
