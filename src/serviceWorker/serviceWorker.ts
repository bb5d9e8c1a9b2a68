import { type SiteOrder, versionMeta } from '../protocol/siteProtocol.ts';
import { type BuiltSite, isNamedByContent, KeptFiles } from './keptFiles.ts';

/**
 * The service worker: it keeps the site's files, so that the page opens and trains without a
 * network, and gives them the headers that the host may not send, so that threads can share
 * memory. It answers for files of the site alone; it reloads no page, and takes over from an
 * earlier version when a page says so or when no page is open.
 */

declare const BUILT_SITE: BuiltSite;

/** A network that lets the page wait for longer counts as none. */
const PATIENCE_MS = 5000;

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

/** The page as the host has it now; where it is out of reach, the one that was kept. */
async function page(event: FetchEvent): Promise<Response> {
  const keptPage = await kept.page();
  try {
    const init = keptPage && { signal: AbortSignal.timeout(PATIENCE_MS) };
    const response = await fetch(event.request, init);
    if (response.ok && !(await isOurs(response))) {
      event.waitUntil(retire());
      return response;
    }
    if (!keptPage || response.status < 500) return withHeaders(response);
  } catch (error) {
    if (!keptPage) throw error;
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
  // A redirection cannot be read; the browser comes back with its target.
  if (response.type === 'opaqueredirect' || missing.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of missing) headers.set(name, value);
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}

async function isOurs(response: Response): Promise<boolean> {
  return (await response.clone().text()).includes(`name="${versionMeta}"`);
}

/** Another page has taken the place of the workbench: the worker goes, with all that it kept. */
async function retire(): Promise<void> {
  await worker.registration.unregister();
  await kept.deleteAll();
}
