import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../../app/useStore.ts';
import type { KeptDataset } from '../../../domain/keptDataset.ts';
import { DELETION_UNDO_MS } from '../../../domain/run.ts';
import { useAttempt } from '../../components/useAttempt.ts';

/** Deletes a kept set at once, and offers to take it back. */
export function useDatasetDeletion(): (kept: KeptDataset) => Promise<void> {
  const { t } = useTranslation('dataset');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  return async ({ id, name }) => {
    await workbench.deleteDataset(id);
    const noticeId = `deleted-set-${id}`;
    const restore = () => {
      notifications.hide(noticeId);
      attempt(workbench.restoreDataset(id));
    };
    notifications.show({
      id: noticeId,
      autoClose: DELETION_UNDO_MS,
      withBorder: true,
      closeButtonProps: { 'aria-label': t('close') },
      message: (
        <Group justify="space-between" wrap="nowrap">
          <span>{t('removed', { name })}</span>
          <Button variant="default" onClick={restore} style={{ flexShrink: 0 }}>
            {t('restore')}
          </Button>
        </Group>
      ),
    });
  };
}
