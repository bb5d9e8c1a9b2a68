import { cacheName, type SiteOrder, versionMeta } from '../../protocol/siteProtocol.ts';
import { withNotice } from '../reduce.ts';
import type { News, WorkbenchState } from '../state.ts';
import type { Effect, EffectScope } from './effect.ts';

/** A page that stays open asks for a newer version when it is looked at again, this often at most. */
const UPDATE_CHECK_MS = 60 * 60 * 1000;

/** A service worker starts within seconds; one that says nothing for so long has nothing to say. */
const MOST_WAIT_MS = 30_000;

/**
 * Registers the service worker of the built site and tells the user when a reload brings something.
 * Where there can be none (no https, private windows) the page works as it does without.
 */
export const keepSite: Effect = {
  name: 'effect.site',
  begin(scope) {
    const version = document.querySelector<HTMLMetaElement>(`meta[name="${versionMeta}"]`)?.content;
    if (!import.meta.env.PROD || !version || !navigator.serviceWorker) return undefined;
    return openSite(version, scope).catch(() => undefined);
  },
};

/** Loads the page anew, with the version that waits if there is one. */
export function reloadPage(): void {
  takeOverAndReload().catch(() => location.reload());
}

async function takeOverAndReload(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const waiting = registration?.waiting;
  if (!waiting) {
    location.reload();
    return;
  }
  waiting.addEventListener('statechange', () => {
    if (waiting.state === 'activated' || waiting.state === 'redundant') location.reload();
  });
  tell(waiting, { type: 'takeOver' });
}

async function openSite(version: string, scope: EffectScope): Promise<void> {
  const { store, onEvent } = scope;
  const container = navigator.serviceWorker;
  // A page that a service worker has brought is isolated already if it can be at all.
  let isUncontrolled = container.controller === null;
  const announce = (news: News, message: string) => {
    if (store.getState().notices.some((notice) => notice.news === news)) return;
    store.setState((state) => withNotice(state, { kind: 'info', news, message }));
  };
  const isOther = async (worker: ServiceWorker) => {
    const other = await versionOf(worker);
    return other !== undefined && other !== version;
  };
  const announceNewVersion = () => announce('newVersion', 'A new version is ready.');

  onEvent(container, 'controllerchange', async () => {
    const { controller } = container;
    if (!controller) return;
    if (isUncontrolled) {
      isUncontrolled = false;
      // It may have been loaded before anyone was there to keep it.
      onceTrue(scope, hasMnist, () => tell(controller, { type: 'keepMnist' }));
      offerThreads(scope, announce);
    }
    // Another page let it take over: this one goes on with its own version until it is reloaded.
    if (await isOther(controller)) announceNewVersion();
  });

  await holdVersion(version);
  const registration = await container.register('./serviceWorker.js', { updateViaCache: 'none' });
  if (registration.active) tell(registration.active, { type: 'opened' });

  const lookAtWaiting = async () => {
    const { installing, waiting } = registration;
    if (installing || !waiting) return;
    // A page fresh from the network has the version that waits, and nothing to gain.
    if (await isOther(waiting)) announceNewVersion();
  };
  const watchInstalling = () => {
    const { installing } = registration;
    if (installing) onEvent(installing, 'statechange', lookAtWaiting);
  };
  onEvent(registration, 'updatefound', watchInstalling);
  watchInstalling();
  await lookAtWaiting();
  checkForUpdates(registration, scope);
}

/** The files of this version are kept as long as this page lives. Settles once that is so. */
function holdVersion(version: string): Promise<void> {
  const name = cacheName(new URL('./', document.baseURI).href, version);
  return new Promise((resolve, reject) => {
    const forLife = () => {
      resolve();
      return new Promise<never>(() => undefined);
    };
    // Somebody who deletes has it, for a moment.
    const signal = AbortSignal.timeout(MOST_WAIT_MS);
    navigator.locks.request(name, { mode: 'shared', signal }, forLife).catch(reject);
  });
}

function hasMnist({ dataset }: WorkbenchState): boolean {
  return dataset.status === 'ready' && dataset.summary.name === 'MNIST';
}

/** The service worker isolates the next page; it is offered to those who gain threads by that. */
function offerThreads(scope: EffectScope, announce: (news: News, message: string) => void) {
  if (crossOriginIsolated || navigator.hardwareConcurrency < 2) return;
  onceTrue(
    scope,
    ({ engine }) => engine?.name === 'wasm',
    () => announce('moreThreads', 'After a reload, all cores can train.'),
  );
}

function checkForUpdates(registration: ServiceWorkerRegistration, { onEvent }: EffectScope): void {
  let checkedAt = Date.now();
  onEvent(document, 'visibilitychange', () => {
    if (document.hidden || Date.now() - checkedAt < UPDATE_CHECK_MS) return;
    checkedAt = Date.now();
    registration.update().catch(() => undefined);
  });
}

/** Undefined where it does not say: one that was ended, or that has come to an end by a fault. */
function versionOf(worker: ServiceWorker): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const say = (version?: unknown) => {
      port1.close();
      clearTimeout(silence);
      resolve(version);
    };
    const silence = setTimeout(say, MOST_WAIT_MS);
    port1.onmessage = ({ data }) => say(data);
    tell(worker, { type: 'version' }, [port2]);
  });
}

function tell(worker: ServiceWorker, order: SiteOrder, ports: MessagePort[] = []): void {
  worker.postMessage(order, ports);
}

/** Calls back when the condition holds, now or later. */
function onceTrue(
  { store, onChange }: EffectScope,
  condition: (state: WorkbenchState) => boolean,
  then: () => void,
): void {
  let isDone = false;
  const look = () => {
    if (isDone || !condition(store.getState())) return;
    isDone = true;
    then();
  };
  onChange(condition, look);
  look();
}
