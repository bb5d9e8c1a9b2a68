import { Button } from '@mantine/core';
import {
  notifications,
  notificationsStore,
  updateNotificationsState,
  useNotifications,
} from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** So many do not cover the page. */
const MOST_SHOWN = 4;
const MORE = 'more-notices';

interface ShownNotices {
  /** How many Mantine may show. */
  readonly limit: number;
  readonly showsAll: boolean;
}

/** Where there are more notices than have room, one more line says how many, and shows them. */
export function useMoreNotices(): ShownNotices {
  const { t } = useTranslation('notices');
  const { notifications: shown, queue } = useNotifications();
  const [isOpen, setIsOpen] = useState(false);
  const total = [...shown, ...queue].filter(({ id }) => id !== MORE).length;
  const waiting = Math.max(0, total - MOST_SHOWN);
  const showsAll = isOpen && waiting > 0;
  const limit = showsAll ? total + 1 : MOST_SHOWN + (waiting > 0 ? 1 : 0);

  useEffect(() => {
    if (waiting === 0) {
      notifications.hide(MORE);
      setIsOpen(false);
      return;
    }
    const line = {
      id: MORE,
      // Above all others.
      priority: Number.MAX_SAFE_INTEGER,
      autoClose: false as const,
      withCloseButton: false,
      message: (
        <Button size="compact-sm" variant="light" onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t('fewer') : t('more', { total: waiting })}
        </Button>
      ),
    };
    notifications.update(line);
    notifications.show(line);
  }, [waiting, isOpen, t]);

  // Mantine takes a new limit to heart when its list changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the limit is what has changed
  useEffect(() => updateNotificationsState(notificationsStore, (all) => all), [limit]);

  return { limit, showsAll };
}
