import { Button } from '@mantine/core';
import { Bell } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askToNotify, canAskToNotify } from '../../../app/effects/endNotification.ts';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { useAttempt } from '../../components/useAttempt.ts';

/** Shorter runs are waited for. */
const LONG_SECONDS = 120;

/** While a long run trains: to be told of its end, if the browser was not asked before. */
export function NotifyOffer() {
  const { t } = useTranslation('training');
  const attempt = useAttempt();
  const [canAsk, setCanAsk] = useState(canAskToNotify);
  const update = () => setCanAsk(canAskToNotify());
  const isLong = useWorkbenchState(
    ({ phase, run }) => phase === 'training' && (run?.secondsLeft ?? 0) > LONG_SECONDS,
  );
  if (!canAsk || !isLong) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<Bell size={14} aria-hidden />}
      style={{ alignSelf: 'flex-start' }}
      onClick={() => attempt(askToNotify().finally(update))}
    >
      {t('notifyMe')}
    </Button>
  );
}
