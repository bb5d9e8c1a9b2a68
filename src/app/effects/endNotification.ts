import { isResting } from '../../protocol/phases.ts';
import type { Notice, RunState, WorkbenchState } from '../state.ts';
import type { Effect } from './effect.ts';

/** A run that took this long may have been left alone. */
const LONG_MS = 60_000;
/** Why it rests is told after it does; and a worker that is started again takes the run on. */
const SETTLED_MS = 1000;

/** Whether the user can still be asked for permission to be told. */
export function canAskToNotify(): boolean {
  return 'Notification' in globalThis && Notification.permission === 'default';
}

/** Asks; the answer is the browser's to remember. To be called by a hand's action alone. */
export async function askToNotify(): Promise<void> {
  await Notification.requestPermission();
}

/** How a training came to rest. */
export interface Ending {
  readonly run: RunState;
  /** Where it left the session: one that is paused waits for its user. */
  readonly phase: 'idle' | 'paused' | 'failed';
  /** Why, where that was told since it began. */
  readonly reason: Notice | undefined;
}

/** Tells, in these words, how a long run came to rest, where it is allowed and nobody looks at the page. */
export const notifyAtEnd = (
  wordsFor: (ending: Ending) => { title: string; body: string },
): Effect => ({
  name: 'effect.notification',
  begin({ store, onChange, rested }) {
    let beganAt = 0;
    let toldBefore = 0;
    /** Since a long run has left its training, until that is told or it goes on. */
    let rest: { phase?: Ending['phase'] } | undefined;
    const tell = rested(SETTLED_MS, () => {
      const { run, notices, phase: now } = store.getState();
      if (!run || !rest?.phase || now === 'starting' || now === 'loading') return;
      const { phase } = rest;
      rest = undefined;
      if (!document.hidden || !('Notification' in globalThis)) return;
      if (Notification.permission !== 'granted') return;
      const reason = notices.findLast((notice) => notice.id > toldBefore && endsTraining(notice));
      const { title, body } = wordsFor({ run, phase, reason });
      return notify(title, { body, tag: 'run' });
    });
    onChange(
      ({ phase }) => phase,
      (phase, before) => {
        if (phase === 'training') {
          // One that is taken on by another worker is as old as it was.
          if (!rest) [beganAt, toldBefore] = [Date.now(), store.getState().noticesTold];
          rest = undefined;
        } else if (before === 'training' && Date.now() - beganAt >= LONG_MS) rest = {};
        if (!rest) return;
        if (isRest(phase)) rest.phase = phase;
        tell();
      },
    );
  },
});

function isRest(phase: WorkbenchState['phase']): phase is Ending['phase'] {
  return isResting(phase) || phase === 'failed';
}

/** Whether it may be why a training rests; a full disk, say, is not. */
function endsTraining({ kind, code }: Notice): boolean {
  if (code) return /^(training|engine|worker|wait)[.]/.test(code);
  return kind === 'error';
}

/** By the service worker, which brings the page to the front; Android lets nobody else. */
async function notify(title: string, options: NotificationOptions): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration?.active) {
    await registration.showNotification(title, options);
    return;
  }
  const notification = new Notification(title, options);
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
