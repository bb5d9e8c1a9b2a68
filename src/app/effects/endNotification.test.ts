import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { withNotice } from '../reduce.ts';
import type { Notice, WorkbenchState } from '../state.ts';
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
    const words = notifyAtEnd(({ run, phase, reason }) => ({
      title: [run.record.name, phase, ...(reason ? [reason.message] : [])].join(', '),
      body: `${run.step} steps`,
    }));
    startEffects(store, [words], (_, failure) => failures.push(String(failure)));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const train = async (seconds: number, ...after: WorkbenchState['phase'][]) => {
    store.setState({ phase: 'training', run: aRun });
    await vi.advanceTimersByTimeAsync(1000 * seconds);
    for (const phase of after.length > 0 ? after : (['idle'] as const)) {
      store.setState({ phase });
      await vi.advanceTimersByTimeAsync(900);
    }
    await vi.advanceTimersByTimeAsync(2000);
  };
  const say = (notice: Omit<Notice, 'id'>) => store.setState((state) => withNotice(state, notice));
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
    expect(browser.calls).toEqual(['notification seed 1, idle']);
  });

  it('is told by the service worker where there is one, as Android asks', async () => {
    likeAndroid();
    withServiceWorker({
      active: {},
      showNotification: async (title: string, { body }: NotificationOptions) =>
        browser.calls.push(`worker ${title}: ${body}`),
    });
    await train(120);
    expect(browser.calls).toEqual(['worker seed 1, idle: 300 steps']);
    expect(failures).toEqual([]);
  });

  it('is told as the pause that it is, with the reason, though that comes later', async () => {
    say({ kind: 'error', code: 'training.lossSpike', message: 'of a run before' });
    store.subscribe(({ phase, noticesTold }) => {
      if (phase !== 'paused' || noticesTold > 1) return;
      say({ kind: 'error', code: 'training.lossSpike', message: 'the loss rose' });
      say({ kind: 'warning', code: 'storage.low', message: 'little room' });
    });
    await train(120, 'paused');
    expect(browser.calls).toEqual(['notification seed 1, paused, the loss rose']);
  });

  it('has no reason of a training before', async () => {
    say({ kind: 'error', code: 'training.lossSpike', message: 'of a run before' });
    await train(120, 'paused');
    expect(browser.calls).toEqual(['notification seed 1, paused']);
  });

  it('is told where another worker does not take it on', async () => {
    await train(120, 'starting', 'loading', 'paused');
    expect(browser.calls).toEqual(['notification seed 1, paused']);
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

  const silent: [string, () => void, number, ...WorkbenchState['phase'][]][] = [
    ['that was short', () => undefined, 30, 'idle'],
    [
      'that goes on with another worker',
      () => undefined,
      ...([120, 'failed', 'starting', 'loading', 'idle', 'loading', 'training'] as const),
    ],
    ['that goes on at once', () => undefined, 120, 'paused', 'training'],
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
  it.each(silent)('is not told of a run %s', async (_, prepare, seconds, ...after) => {
    prepare();
    await train(seconds, ...after);
    expect(browser.calls).toEqual([]);
    expect(failures).toEqual([]);
  });
});
