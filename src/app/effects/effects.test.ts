import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { createWorkbenchStore } from '../store.ts';
import { keepAddress } from './address.ts';
import { type Effect, startEffects } from './effect.ts';
import { notifyAtEnd } from './endNotification.ts';
import { askBeforeLeaving } from './leaving.ts';
import { keepScreenOn } from './screen.ts';
import { keepSite } from './siteFiles.ts';
import { aRun } from './testing/aRun.ts';
import { type FakeBrowser, fakeBrowser } from './testing/fakeBrowser.ts';

/** Each effect with what it uses of the browser: all of it may throw, reject, or not be there. */
type Spoil = (browser: FakeBrowser) => void;

const no = (): never => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};
const refuse = async () => no();

/** Its every property throws. */
const forbidden = new Proxy({}, { get: no, has: no });
const globals = ['window', 'document', 'history', 'navigator', 'location', 'Notification'];

const spoils: [string, Spoil][] = [
  ...globals.map((name): [string, Spoil] => [
    `all of ${name}`,
    () => vi.stubGlobal(name, forbidden),
  ]),
  ...globals.map((name): [string, Spoil] => [`no ${name}`, () => vi.stubGlobal(name, undefined)]),
  ['history.replaceState', ({ history }) => Object.assign(history, { replaceState: no })],
  ['window.addEventListener', ({ window }) => Object.assign(window, { addEventListener: no })],
  [
    'window.removeEventListener',
    ({ window }) => Object.assign(window, { removeEventListener: no }),
  ],
  [
    'document.addEventListener',
    ({ document }) => Object.assign(document, { addEventListener: no }),
  ],
  ['document.querySelector', ({ document }) => Object.assign(document, { querySelector: no })],
  ['wakeLock.request', ({ navigator }) => Object.assign(navigator, { wakeLock: { request: no } })],
  [
    'wakeLock.request, later',
    ({ navigator }) => Object.assign(navigator, { wakeLock: { request: refuse } }),
  ],
  [
    'WakeLockSentinel.release',
    ({ navigator }) =>
      Object.assign(navigator, { wakeLock: { request: async () => ({ release: no }) } }),
  ],
  ['locks.request', ({ navigator }) => Object.assign(navigator, { locks: { request: refuse } })],
  ['no locks', ({ navigator }) => delete navigator.locks],
  ['no serviceWorker', ({ navigator }) => delete navigator.serviceWorker],
  [
    'serviceWorker.register',
    ({ navigator }) => Object.assign(navigator.serviceWorker ?? {}, { register: refuse }),
  ],
  [
    'serviceWorker.getRegistration',
    ({ navigator }) => Object.assign(navigator.serviceWorker ?? {}, { getRegistration: refuse }),
  ],
  [
    'ServiceWorkerRegistration.showNotification',
    ({ navigator }) => {
      const registration = { active: {}, showNotification: refuse };
      const getRegistration = async () => registration;
      Object.assign(navigator.serviceWorker ?? {}, { getRegistration });
    },
  ],
  [
    'new Notification',
    () => {
      const Illegal = class {
        static permission = 'granted';
        constructor() {
          no();
        }
      };
      vi.stubGlobal('Notification', Illegal);
    },
  ],
];

describe('whatever the browser refuses', () => {
  let browser: FakeBrowser;
  let choose: (language: string) => void = () => undefined;
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);

  beforeEach(() => {
    vi.useFakeTimers();
    // There is a service worker in the built site only.
    vi.stubEnv('PROD', true);
    browser = fakeBrowser('https://workbench.test/?train=1');
    browser.document.hidden = true;
    rejections.length = 0;
    process.on('unhandledRejection', onRejection);
  });
  afterEach(() => {
    process.off('unhandledRejection', onRejection);
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
  });

  const effects = (): Effect[] => [
    keepSite,
    keepAddress((react) => {
      choose = react;
      return () => undefined;
    }),
    keepScreenOn,
    askBeforeLeaving,
    notifyAtEnd(({ run }) => ({ title: run.record.name, body: '' })),
  ];

  /** A visit in which every effect has something to do. */
  async function visit(spoil: Spoil, spoilFirst: boolean) {
    if (spoilFirst) spoil(browser);
    const store = createWorkbenchStore(seedRecipe, 'auto');
    const told: string[] = [];
    const end = startEffects(store, effects(), ({ name }) => told.push(name));
    if (!spoilFirst) spoil(browser);
    const heard: string[] = [];
    store.subscribe(({ phase }, before) => {
      if (phase !== before.phase) heard.push(phase);
    });
    const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
    store.setState({ phase: 'idle' });
    store.setState({ recipe: { ...seedRecipe, batchSize: 64 } });
    choose('zh-Hant');
    await wait(1000);
    store.setState({ phase: 'training', run: aRun });
    browser.document.dispatchEvent(new Event('visibilitychange'));
    browser.window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    await wait(120_000);
    store.setState({ phase: 'idle' });
    await wait(1000);
    browser.window.dispatchEvent(new Event('pagehide'));
    await wait(1000);
    end();
    await wait(0);
    return { store, heard, told };
  }

  it('nothing is told where nothing is refused, and everything is done', async () => {
    const { told } = await visit(() => undefined, true);
    expect(told).toEqual([]);
    expect(browser.calls).toEqual([
      expect.stringMatching(/^hold .*version 1$/),
      'register ./serviceWorker.js',
      'address ?batch=64&width=1&lang=zh-Hant',
      'keep screen on',
      'let screen go',
      'notification seed 1',
    ]);
  });

  describe.each([
    { when: 'from the beginning', spoilFirst: true },
    { when: 'from then on', spoilFirst: false },
  ])('$when', ({ spoilFirst }) => {
    it.each(spoils)(
      '%s: the page hears of every change, and each effect tells once',
      async (_, spoil) => {
        const { store, heard, told } = await visit(spoil, spoilFirst);
        expect(heard).toEqual(['idle', 'training', 'idle']);
        expect(store.getState().recipe.batchSize).toBe(64);
        expect(told).toEqual([...new Set(told)]);
        expect(rejections).toEqual([]);
      },
    );
  });
});
