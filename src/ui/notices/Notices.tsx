import { Notifications, notifications } from '@mantine/notifications';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../app/state.ts';
import { useWorkbench, useWorkbenchState } from '../../app/useStore.ts';
import type { ErrorCode } from '../../util/errorTexts.ts';
import { GoBackOffer } from './GoBackOffer.tsx';
import { LeaveSafeOffer } from './LeaveSafeOffer.tsx';
import { noticeWords } from './noticeWords.ts';
import { OpenOffer } from './OpenOffer.tsx';
import { ReloadOffer } from './ReloadOffer.tsx';
import { useMoreNotices } from './useMoreNotices.tsx';

/** News goes by itself; failures and warnings stay until they are dismissed. */
const NEWS_MS = 6000;

/**
 * Keeps Mantine's notifications equal to the notices of the state, in the language of the page.
 * They stand at the left, so that on wide screens they never cover the drawing surface.
 */
export function Notices() {
  const workbench = useWorkbench();
  const notices = useWorkbenchState((state) => state.notices);
  const { t } = useTranslation(['notices', 'errors']);
  const { limit, showsAll } = useMoreNotices();
  const shown = useRef(new Map<Notice, string>());
  const count = useRef(0);

  useEffect(() => {
    for (const [notice, id] of shown.current) {
      if (notices.includes(notice)) continue;
      shown.current.delete(notice);
      notifications.hide(id);
    }
    for (const notice of notices) {
      const { title, message } = noticeWords(notice, t);
      const words = {
        ...(title !== undefined && { title }),
        message: withOffer(notice, message),
        closeButtonProps: { 'aria-label': t('dismiss') },
      };
      const known = shown.current.get(notice);
      if (known !== undefined) {
        notifications.update({ id: known, ...words });
        continue;
      }
      count.current += 1;
      const id = `notice-${count.current}`;
      shown.current.set(notice, id);
      const isError = notice.kind === 'error';
      notifications.show({
        id,
        // The newest is never the one that waits for room.
        priority: count.current,
        color: isError ? 'var(--wb-wrong)' : 'ink',
        autoClose: notice.kind === 'info' ? NEWS_MS : false,
        onClose: () => {
          if (shown.current.delete(notice)) workbench.dismissNotice(notice.id);
        },
        ...words,
      });
    }
  }, [notices, t, workbench]);

  return (
    <Notifications
      position="bottom-left"
      limit={limit}
      containerWidth={380}
      {...(showsAll && { className: 'wb-notices-all' })}
    />
  );
}

/** What was not opened by itself, by what is told of it. */
const openedBy: Partial<Record<ErrorCode, 'run' | 'dataset'>> = {
  'start.passedOverRun': 'run',
  'start.passedOverSet': 'dataset',
  'start.largeSet': 'dataset',
};

/** The message, and below it what can be done at once. */
function withOffer({ news, code, params }: Notice, message: string): ReactNode {
  if (news === 'safeStart') return <LeaveSafeOffer>{message}</LeaveSafeOffer>;
  const opens = code && openedBy[code];
  if (opens) {
    return (
      <OpenOffer kind={opens} id={String(params?.id)}>
        {message}
      </OpenOffer>
    );
  }
  if (news === 'newVersion' || news === 'moreThreads') return <ReloadOffer>{message}</ReloadOffer>;
  if (code === 'training.lossSpike') return <GoBackOffer>{message}</GoBackOffer>;
  return message;
}
