import type { Effect } from './effect.ts';

/** While a run trains, the screen stays on, where the browser can do that. */
export const keepScreenOn: Effect = {
  name: 'effect.screen',
  begin({ store, onChange, onEvent, listen }) {
    const screen = new ScreenLock();
    const follow = () => screen.want(store.getState().phase === 'training');
    onChange(({ phase }) => phase, follow);
    // The browser takes the lock away from a hidden tab, and gives it back to none.
    onEvent(document, 'visibilitychange', follow);
    listen(() => () => screen.want(false));
  },
};

/** Keeps the screen on while it is wanted; where the browser will not, nothing is lost. */
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
    const forget = () => {
      if (this.lock === lock) this.lock = undefined;
    };
    lock
      .then((sentinel) => {
        if (sentinel) sentinel.onrelease = forget;
        else forget();
      })
      .catch(forget);
  }

  private release(): void {
    this.lock?.then((sentinel) => sentinel?.release()).catch(() => undefined);
    this.lock = undefined;
  }
}
