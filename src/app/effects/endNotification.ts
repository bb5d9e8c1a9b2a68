import type { RunState, WorkbenchState } from '../state.ts';
import type { Effect } from './effect.ts';

/** A run that took this long may have been left alone. */
const LONG_MS = 60_000;

/** Whether the user can still be asked for permission to be told. */
export function canAskToNotify(): boolean {
  return 'Notification' in globalThis && Notification.permission === 'default';
}

/** Asks; the answer is the browser's to remember. To be called by a hand's action alone. */
export async function askToNotify(): Promise<void> {
  await Notification.requestPermission();
}

/** Tells of the end of a long run, in these words, where it is allowed and nobody looks at the page. */
export const notifyAtEnd = (
  wordsFor: (run: RunState) => { title: string; body: string },
): Effect => ({
  name: 'effect.notification',
  begin({ store, onChange }) {
    let beganAt = 0;
    onChange(
      ({ phase }) => phase,
      (phase, before) => {
        if (phase === 'training') beganAt = Date.now();
        const { run } = store.getState();
        if (!run || !hasEnded(phase, before) || Date.now() - beganAt < LONG_MS) return;
        if (!document.hidden || !('Notification' in globalThis)) return;
        if (Notification.permission !== 'granted') return;
        const { title, body } = wordsFor(run);
        return notify(title, { body, tag: 'run' });
      },
    );
  },
});

/** A worker that is started again takes the run on. */
function hasEnded(phase: WorkbenchState['phase'], before: WorkbenchState['phase']): boolean {
  return before === 'training' && phase !== 'starting';
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
