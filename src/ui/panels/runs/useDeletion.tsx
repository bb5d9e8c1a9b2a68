import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../../app/useStore.ts';
import { DELETION_UNDO_MS, type RunSummary } from '../../../domain/run.ts';
import { useAttempt } from '../../components/useAttempt.ts';

interface Deletion {
  deleteRun(run: RunSummary): Promise<void>;
  deleteAll(): Promise<void>;
}

/** Deletes runs at once, and offers to take it back. */
export function useDeletion(): Deletion {
  const { t } = useTranslation('runs');
  const workbench = useWorkbench();
  const attempt = useAttempt();

  const offerToUndo = (id: string, message: string, undo: () => Promise<void>) => {
    const restore = () => {
      notifications.hide(id);
      attempt(undo());
    };
    notifications.show({
      id,
      autoClose: DELETION_UNDO_MS,
      withBorder: true,
      closeButtonProps: { 'aria-label': t('close') },
      message: (
        <Group justify="space-between" wrap="nowrap">
          <span>{message}</span>
          <Button variant="default" onClick={restore} style={{ flexShrink: 0 }}>
            {t('restore')}
          </Button>
        </Group>
      ),
    });
  };

  return {
    async deleteRun({ id, name }) {
      await workbench.deleteRun(id);
      offerToUndo(`deleted-${id}`, t('removed', { name }), () => workbench.restoreRun(id));
    },
    async deleteAll() {
      const ids = await workbench.deleteAllRuns();
      if (ids.length === 0) return;
      const message = t('removedAll', { total: ids.length });
      offerToUndo(`deleted-all-${ids[0]}`, message, () => workbench.restoreRuns(ids));
    },
  };
}
