import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isAtRest } from '../../app/canStart.ts';
import { reloadPage } from '../../app/effects/siteFiles.ts';
import type { WorkbenchState } from '../../app/state.ts';
import { useWorkbenchState } from '../../app/useStore.ts';

interface ReloadOfferProps {
  readonly children: string;
}

/** What a reload brings, and the button for it when a reload breaks nothing off. */
export function ReloadOffer({ children }: ReloadOfferProps) {
  const { t } = useTranslation('notices');
  const isSafe = useWorkbenchState(reloadIsSafe);
  return (
    <>
      <Text inherit>{children}</Text>
      {isSafe ? (
        <Group mt="xs">
          <Button size="compact-sm" variant="light" onClick={reloadPage}>
            {t('reload')}
          </Button>
        </Group>
      ) : (
        <Text inherit>{t('reloadLater')}</Text>
      )}
    </>
  );
}

/** A paused run has its checkpoint. */
export function reloadIsSafe(state: WorkbenchState): boolean {
  return isAtRest(state) || state.phase === 'failed';
}
