import type { WorkbenchStore } from './store.ts';

/**
 * What a run in training asks of the browser: the screen stays on, and a tab is not closed in error.
 */
export function guardTraining(store: WorkbenchStore): void {
  const isTraining = () => store.getState().phase === 'training';
  const screen = new ScreenLock();
  store.subscribe(({ phase }, previous) => {
    if (phase !== previous.phase) screen.want(isTraining());
  });
  // The browser takes the lock away from a hidden tab, and gives it back to none.
  document.addEventListener('visibilitychange', () => screen.want(isTraining()));
  window.addEventListener('beforeunload', (event) => {
    if (isTraining()) event.preventDefault();
  });
}

/** Keeps the screen on while it is wanted; where the browser cannot, or will not, nothing is lost. */
class ScreenLock {
  private lock: Promise<WakeLockSentinel | undefined> | undefined;

  want(isWanted: boolean): void {
    if (isWanted && document.visibilityState === 'visible') this.acquire();
    else this.release();
  }

  private acquire(): void {
    if (this.lock || !('wakeLock' in navigator)) return;
    const lock = navigator.wakeLock.request('screen').catch(() => undefined);
    this.lock = lock;
    lock.then((sentinel) => {
      const forget = () => {
        if (this.lock === lock) this.lock = undefined;
      };
      if (sentinel) sentinel.onrelease = forget;
      else forget();
    });
  }

  private release(): void {
    this.lock?.then((sentinel) => sentinel?.release().catch(() => undefined));
    this.lock = undefined;
  }
}
