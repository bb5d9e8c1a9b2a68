import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isAtRest } from '../../app/canStart.ts';
import { useWorkbench, useWorkbenchState } from '../../app/useStore.ts';
import { useAttempt } from '../components/useAttempt.ts';

interface OpenOfferProps {
  readonly kind: 'run' | 'dataset';
  readonly id: string;
  readonly children: string;
}

/** Why something was not opened by itself, and the way to open it all the same. */
export function OpenOffer({ kind, id, children }: OpenOfferProps) {
  const { t } = useTranslation('notices');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const canOpen = useWorkbenchState(isAtRest);
  const open = () => attempt(kind === 'run' ? workbench.openRun(id) : workbench.openDataset(id));
  return (
    <>
      <Text inherit>{children}</Text>
      <Group mt="xs">
        <Button size="compact-sm" variant="light" disabled={!canOpen} onClick={open}>
          {t('openAllTheSame')}
        </Button>
      </Group>
    </>
  );
}
