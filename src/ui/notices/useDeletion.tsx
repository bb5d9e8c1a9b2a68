import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { DELETION_UNDO_MS } from '../../domain/runs/deletion.ts';
import { useAttempt } from '../components/useAttempt.ts';
import { RestoreOffer } from './RestoreOffer.tsx';

/** Something of the user's that goes at once, and can be brought back for a while. */
export interface Deletion<Deleted> {
  readonly remove: () => Promise<Deleted>;
  /** What is gone, in a sentence; undefined where nothing was there. */
  readonly said: (deleted: Deleted) => string | undefined;
  readonly restore: (deleted: Deleted) => Promise<unknown>;
}

/** Above whatever else is told: failures can wait, an offer cannot. */
const PRIORITY = Number.MAX_SAFE_INTEGER - 1;

let offers = 0;

/**
 * Deletes what there is of the user's, and offers to bring it back: at once, without asking before, and
 * for as long as it can be done. However long the mouse rests on it, the offer ends in time.
 */
export function useDeletion(): <Deleted>(deletion: Deletion<Deleted>) => void {
  const { t } = useTranslation('notices');
  const attempt = useAttempt();
  return useCallback(
    ({ remove, said, restore }) => {
      const offer = async () => {
        const deleted = await remove();
        const message = said(deleted);
        if (message === undefined) return;
        offers += 1;
        const id = `deleted-${offers}`;
        const takeBack = () => {
          notifications.hide(id);
          attempt(restore(deleted));
        };
        notifications.show({
          ...{ id, priority: PRIORITY, autoClose: false, withBorder: true },
          closeButtonProps: { 'aria-label': t('dismiss') },
          message: <RestoreOffer message={message} onRestore={takeBack} />,
        });
        setTimeout(() => notifications.hide(id), DELETION_UNDO_MS);
      };
      attempt(offer());
    },
    [attempt, t],
  );
}
