import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedRecipe } from '../../domain/recipe.ts';
import { createWorkbenchStore, type WorkbenchStore } from '../store.ts';
import { startEffects } from './effect.ts';
import { notifyAtEnd } from './endNotification.ts';
import { aRun } from './testing/aRun.ts';
import { type FakeBrowser, fakeBrowser } from './testing/fakeBrowser.ts';

describe('the end of a long run', () => {
  let store: WorkbenchStore;
  let browser: FakeBrowser;
  const failures: string[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    failures.length = 0;
    browser = fakeBrowser();
    browser.document.hidden = true;
    store = createWorkbenchStore(seedRecipe, 'auto');
    const words = notifyAtEnd(({ record, step }) => ({
      title: record.name,
      body: `${step} steps`,
    }));
    startEffects(store, [words], (_, failure) => failures.push(String(failure)));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const train = async (seconds: number, after: 'idle' | 'starting' = 'idle') => {
    store.setState({ phase: 'training', run: aRun });
    await vi.advanceTimersByTimeAsync(1000 * seconds);
    store.setState({ phase: after });
    await vi.advanceTimersByTimeAsync(0);
  };
  const withServiceWorker = (registration: object) => {
    browser.navigator.serviceWorker = { getRegistration: async () => registration };
  };
  /** As Chrome on Android has it: allowed, and yet nobody can make one. */
  const likeAndroid = () => {
    class Illegal {
      static permission = 'granted';
      constructor() {
        throw new TypeError("Failed to construct 'Notification': Illegal constructor.");
      }
    }
    vi.stubGlobal('Notification', Illegal);
  };

  it('is told where nobody looks', async () => {
    await train(120);
    expect(browser.calls).toEqual(['notification seed 1']);
  });

  it('is told by the service worker where there is one, as Android asks', async () => {
    likeAndroid();
    withServiceWorker({
      active: {},
      showNotification: async (title: string, { body }: NotificationOptions) =>
        browser.calls.push(`worker ${title}: ${body}`),
    });
    await train(120);
    expect(browser.calls).toEqual(['worker seed 1: 300 steps']);
    expect(failures).toEqual([]);
  });

  it('is not told where neither can, and the page says so', async () => {
    likeAndroid();
    withServiceWorker({ active: null });
    await train(120);
    expect(failures).toEqual([
      "TypeError: Failed to construct 'Notification': Illegal constructor.",
    ]);
    expect(store.getState().phase).toBe('idle');
  });

  const silent: [string, () => void, number, 'idle' | 'starting'][] = [
    ['that was short', () => undefined, 30, 'idle'],
    ['that goes on with another worker', () => undefined, 120, 'starting'],
    [
      'that somebody looks at',
      () => Object.assign(browser.document, { hidden: false }),
      120,
      'idle',
    ],
    [
      'where it is not allowed',
      () => Object.assign(Notification, { permission: 'denied' }),
      120,
      'idle',
    ],
    ['where there are none', () => Reflect.deleteProperty(globalThis, 'Notification'), 120, 'idle'],
  ];
  it.each(silent)('is not told of a run %s', async (_, prepare, seconds, after) => {
    prepare();
    await train(seconds, after);
    expect(browser.calls).toEqual([]);
    expect(failures).toEqual([]);
  });
});
