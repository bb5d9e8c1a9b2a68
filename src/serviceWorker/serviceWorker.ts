import { type SiteOrder, versionMeta } from '../protocol/siteProtocol.ts';
import { type BuiltSite, isDeployed, isNamedByContent, KeptFiles } from './keptFiles.ts';

/**
 * The service worker: it keeps the site's files, so that the page opens and trains without a
 * network, and gives them the headers that the host may not send, so that threads can share
 * memory. It answers for files of the site alone; it reloads no page, and takes over from an
 * earlier version when a page says so or when no page is open.
 */

declare const BUILT_SITE: BuiltSite;

/** A network that lets the page wait for longer counts as none. */
const PATIENCE_MS = 5000;
const GONE: readonly number[] = [404, 410];
/** A host that is being repaired is so for hours. */
const MOST_STRANGE_MS = 24 * 60 * 60 * 1000;
const OWN_MACHINE = /^(localhost|127[.]0[.]0[.]1|\[::1\])$/;
/** Of another page on one's own machine, before it is believed. */
const MOST_VISITS = 3;

const worker = self as unknown as ServiceWorkerGlobalScope;
const kept = new KeptFiles(BUILT_SITE, worker.registration);

worker.addEventListener('install', (event) => event.waitUntil(kept.keepApp()));

worker.addEventListener('activate', (event) => {
  // The page of the first visit gets its later files from here too, MNIST among them.
  event.waitUntil(Promise.all([kept.deleteUnused(), worker.clients.claim()]));
});

worker.addEventListener('message', (event) => {
  const order: SiteOrder = event.data;
  switch (order.type) {
    case 'version':
      event.ports[0]?.postMessage(BUILT_SITE.version);
      return;
    case 'takeOver':
      event.waitUntil(worker.skipWaiting());
      return;
    case 'opened':
      event.waitUntil(kept.deleteUnused());
      return;
    case 'keepMnist':
      // No network or no room: then MNIST is not there offline.
      event.waitUntil(kept.keepMnist().catch(() => undefined));
  }
});

/** The page has it tell of the end of a run; who presses that wants to see the page. */
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(bringToFront());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const url = `${origin}${pathname}`;
  if (request.method !== 'GET' || !url.startsWith(kept.siteUrl)) return;
  const path = url.slice(kept.siteUrl.length);
  if (request.mode === 'navigate') {
    if (path === '' || path === 'index.html') event.respondWith(page(event));
    else if (path in BUILT_SITE.files) event.respondWith(appFile(request, url));
  } else if (path.startsWith('mnist/')) {
    event.respondWith(mnistFile(event, url));
  } else if (isNamedByContent(path) || path in BUILT_SITE.files) {
    event.respondWith(appFile(request, url));
  }
});

async function bringToFront(): Promise<void> {
  const [page] = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  await page?.focus();
}

/**
 * The page as the host has it now where it is of another version than the kept one and that is there with all
 * its files. Otherwise, and where the host is out of reach, the one that was kept.
 */
async function page(event: FetchEvent): Promise<Response> {
  const keptPage = await kept.page();
  if (!keptPage) return withHeaders(await fetch(event.request));
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(event.request, { signal });
    // A redirection cannot be read; the browser comes back with its target.
    if (response.type === 'opaqueredirect') return response;
    if (!response.ok) return withHeaders(keptPage);
    // All of it now: later, the signal would cut it off.
    const bytes = await response.arrayBuffer();
    const { status, statusText, headers } = response;
    const whole = new Response(bytes, { status, statusText, headers });
    const version = versionIn(new TextDecoder().decode(bytes));
    if (version === undefined) {
      if (!(await isReplaced(signal))) return withHeaders(keptPage);
      event.waitUntil(retire());
      return whole;
    }
    event.waitUntil(kept.forgetStranger());
    const isUsable =
      version !== BUILT_SITE.version && (await isDeployed(kept.siteUrl, version, bytes, signal));
    if (isUsable) return withHeaders(whole);
  } catch {
    // No network, no answer in time, or half of one.
  }
  return withHeaders(keptPage);
}

async function appFile(request: Request, url: string): Promise<Response> {
  return withHeaders((await kept.find(url)) ?? (await fetch(request)));
}

/** A file of MNIST, kept once a page has asked for it. */
async function mnistFile(event: FetchEvent, url: string): Promise<Response> {
  const keptFile = await kept.mnistFile(url);
  if (keptFile) return withHeaders(keptFile);
  const response = await fetch(event.request);
  if (response.ok) {
    // A download that is cut off is the page's to report, and so is a full disk.
    event.waitUntil(kept.keepMnistFile(url, response.clone()).catch(() => undefined));
  }
  return withHeaders(response);
}

/** The answer with those of our headers that it lacks. */
function withHeaders(response: Response): Response {
  const missing = Object.entries(BUILT_SITE.headers).filter(
    ([name]) => !response.headers.has(name),
  );
  if (missing.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of missing) headers.set(name, value);
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}

/** Of a page of ours. */
function versionIn(page: string): string | undefined {
  return new RegExp(`<meta name="${versionMeta}" content="([^"]*)"`).exec(page)?.[1];
}

/**
 * Whether it is for good that another page is there: the host says that it has no service worker of ours any
 * more, or answers so for a day. While a host is being repaired it answers everything with one page. On
 * one's own machine nothing is repaired: there another project has the address.
 */
async function isReplaced(signal: AbortSignal): Promise<boolean> {
  const script = worker.registration.active?.scriptURL ?? worker.location.href;
  const { status } = await fetch(script, { cache: 'no-cache', signal });
  if (GONE.includes(status)) return true;
  const { sinceMs, visits } = await kept.noteStranger(Date.now());
  const isOwnMachine = OWN_MACHINE.test(worker.location.hostname);
  return isOwnMachine ? visits >= MOST_VISITS : Date.now() - sinceMs >= MOST_STRANGE_MS;
}

/** Another page has taken the place of the workbench: the worker goes, with all that it kept. */
async function retire(): Promise<void> {
  await worker.registration.unregister();
  await kept.deleteAll();
}
