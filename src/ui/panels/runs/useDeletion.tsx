import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../../app/useStore.ts';
import type { RunSummary } from '../../../domain/run.ts';
import { ignoreRefusal } from '../../components/ignoreRefusal.ts';

/** How long a deletion can be taken back by a click. */
const UNDO_MS = 12_000;

/** Deletes a run at once, and offers to take it back. */
export function useDeletion(): (run: RunSummary) => Promise<void> {
  const { t } = useTranslation('runs');
  const workbench = useWorkbench();
  return async ({ id, name }) => {
    await workbench.deleteRun(id);
    const notificationId = `deleted-${id}`;
    const restore = () => {
      notifications.hide(notificationId);
      ignoreRefusal(workbench.restoreRun(id));
    };
    notifications.show({
      id: notificationId,
      autoClose: UNDO_MS,
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
