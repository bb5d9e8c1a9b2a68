import type { RunState } from './state.ts';
import type { WorkbenchStore } from './store.ts';

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
export function notifyAtEnd(
  store: WorkbenchStore,
  wordsFor: (run: RunState) => { title: string; body: string },
): void {
  let beganAt = 0;
  store.subscribe((state, previous) => {
    if (state.phase === previous.phase) return;
    if (state.phase === 'training') beganAt = Date.now();
    const ended = previous.phase === 'training' && state.phase !== 'starting';
    if (!ended || !state.run || Date.now() - beganAt < LONG_MS) return;
    if (!document.hidden || !('Notification' in globalThis)) return;
    if (Notification.permission !== 'granted') return;
    const { title, body } = wordsFor(state.run);
    const notification = new Notification(title, { body, tag: 'run' });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
  });
}
