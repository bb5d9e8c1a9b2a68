import { vi } from 'vitest';

/**
 * The few parts of a browser that effects use, for tests in Node, which has none of them. What is
 * done is noted in `calls`.
 */
export interface FakeBrowser {
  readonly calls: string[];
  /** The objects behind the globals, for a test to change or to spoil. */
  readonly window: EventTarget & { focus(): void };
  readonly document: EventTarget & {
    hidden: boolean;
    visibilityState: 'visible' | 'hidden';
    baseURI: string;
    querySelector(): { content: string };
  };
  readonly history: { state: unknown; replaceState(...given: unknown[]): void };
  readonly location: URL;
  readonly navigator: FakeNavigator;
  readonly Notification: {
    new (title: string): object;
    permission: string;
    requestPermission(): Promise<string>;
  };
}

interface FakeNavigator {
  wakeLock?: { request(kind: string): Promise<object> };
  locks?: { request(name: string, options: object, task: () => unknown): Promise<unknown> };
  serviceWorker?: {
    getRegistration(): Promise<object | undefined>;
    register?(url: string): Promise<object>;
  };
  userActivation?: { isActive: boolean };
  storage?: { persist(): Promise<boolean> };
}

/** Puts them where a browser has them, until `vi.unstubAllGlobals`. */
export function fakeBrowser(address = 'https://workbench.test/'): FakeBrowser {
  const calls: string[] = [];
  const location = new URL(address);
  const noted: FakeBrowser = {
    calls,
    location,
    window: Object.assign(new EventTarget(), { focus: () => calls.push('focus') }),
    document: Object.assign(new EventTarget(), {
      ...{ hidden: false, visibilityState: 'visible' as const, baseURI: address },
      // The page's version, as a build writes it there.
      querySelector: () => ({ content: 'version 1' }),
    }),
    history: {
      state: null,
      replaceState(_state, _title, url) {
        location.href = String(url);
        calls.push(`address ${location.search}`);
      },
    },
    navigator: {
      wakeLock: {
        request: async (kind) => {
          calls.push(`keep ${kind} on`);
          return { release: async () => calls.push(`let ${kind} go`) };
        },
      },
      locks: {
        request: async (name, _, task) => {
          calls.push(`hold ${name}`);
          return task();
        },
      },
      serviceWorker: Object.assign(new EventTarget(), {
        controller: null,
        getRegistration: async () => undefined,
        register: async (url: string) => {
          calls.push(`register ${url}`);
          return new EventTarget();
        },
      }),
      userActivation: { isActive: true },
      storage: { persist: async () => true },
    },
    Notification: class {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor(title: string) {
        calls.push(`notification ${title}`);
      }
    },
  };
  const { window, document, history, navigator, Notification } = noted;
  const globals = { window, document, history, navigator, location, Notification };
  for (const [name, part] of Object.entries(globals)) vi.stubGlobal(name, part);
  return noted;
}
