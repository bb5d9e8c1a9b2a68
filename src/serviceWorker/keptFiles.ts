import { cacheName, cachePrefix } from '../protocol/siteProtocol.ts';

/** What the build knows of the site: `scripts/lib/offlineSite.mjs` puts it before the worker. */
export interface BuiltSite {
  readonly version: string;
  /** Every file of the app by its path; the page itself is `./`. */
  readonly files: Readonly<Record<string, Integrity>>;
  /**
   * The files of MNIST, which are kept once a page has loaded them: each as it is, and as it comes where the
   * host has the browser inflate it.
   */
  readonly mnist: Readonly<Record<string, readonly Integrity[]>>;
  readonly mnistVersion: string;
  /** What every answer carries, for hosts that do not send it. */
  readonly headers: Readonly<Record<string, string>>;
}

/** As in the attribute `integrity`: `sha256-` and the hash in base 64. */
export type Integrity = string;

/** Visits to this address at which the host had another page there. */
export interface Strangers {
  readonly sinceMs: number;
  readonly visits: number;
}

/** What hosts say of a file in `Vary` does not concern a file that has only one form. */
const anyRequest: CacheQueryOptions = { ignoreVary: true };

/** The owner of the site's caches. A cache is whole or not there once the worker is installed. */
export class KeptFiles {
  private readonly appCache: string;
  private readonly mnistCache: string;

  constructor(
    private readonly site: BuiltSite,
    private readonly registration: ServiceWorkerRegistration,
  ) {
    this.appCache = cacheName(this.siteUrl, site.version);
    this.mnistCache = cacheName(this.siteUrl, `mnist ${site.mnistVersion}`);
  }

  get siteUrl(): string {
    return this.registration.scope;
  }

  /** Fetches every file of the app. Rejects where one is not what the build made. */
  async keepApp(): Promise<void> {
    // As a page of this version does, so that nobody deletes what is being kept.
    await navigator.locks.request(this.appCache, { mode: 'shared' }, () => this.fetchApp());
  }

  private async fetchApp(): Promise<void> {
    const cache = await caches.open(this.appCache);
    await Promise.all(
      Object.entries(this.site.files).map(async ([path, integrity]) => {
        const url = new URL(path, this.siteUrl).href;
        const known = isNamedByContent(path) ? await this.find(url) : undefined;
        await cache.put(url, known ?? (await fetchWhole(url, integrity)));
      }),
    );
  }

  /** A file of this version, or of another where its name tells its content: that is always right. */
  async find(url: string): Promise<Response | undefined> {
    const cache = await caches.open(this.appCache);
    const own = await cache.match(url, anyRequest);
    if (own || !isNamedByContent(url.slice(this.siteUrl.length))) return own;
    return caches.match(url, anyRequest);
  }

  /** The page that goes with the kept files. */
  async page(): Promise<Response | undefined> {
    const cache = await caches.open(this.appCache);
    return cache.match(this.siteUrl, anyRequest);
  }

  /** Counts the visits at which another page was in the place of ours, from the first of them on. */
  async noteStranger(nowMs: number): Promise<Strangers> {
    const cache = await caches.open(this.appCache);
    const before: Strangers | undefined = await (await cache.match(this.strangerUrl))?.json();
    const strangers = { sinceMs: before?.sinceMs ?? nowMs, visits: (before?.visits ?? 0) + 1 };
    await cache.put(this.strangerUrl, Response.json(strangers));
    return strangers;
  }

  async forgetStranger(): Promise<void> {
    await (await caches.open(this.appCache)).delete(this.strangerUrl);
  }

  /** Of no file: nothing is ever asked for there. */
  private get strangerUrl(): string {
    return new URL('./strangers', this.siteUrl).href;
  }

  /** Looked at as it comes out: whatever it should be and is not goes, to be fetched anew. */
  async mnistFile(url: string): Promise<Response | undefined> {
    const cache = await caches.open(this.mnistCache);
    const response = await cache.match(url, anyRequest);
    if (!response || (await this.isMnist(url, response.clone()))) return response;
    await cache.delete(url, anyRequest);
    return undefined;
  }

  /** Keeps a file of MNIST, if it is what the build made. */
  async keepMnistFile(url: string, response: Response): Promise<void> {
    if (!(await this.isMnist(url, response.clone()))) return;
    const cache = await caches.open(this.mnistCache);
    await cache.put(url, new Response(await response.arrayBuffer(), { headers: response.headers }));
  }

  private async isMnist(url: string, response: Response): Promise<boolean> {
    const forms = this.site.mnist[url.slice(this.siteUrl.length)] ?? [];
    return forms.includes(await integrityOf(await response.arrayBuffer()));
  }

  /** Keeps what a page loaded of MNIST before this worker was there to see it. */
  async keepMnist(): Promise<void> {
    for (const path of Object.keys(this.site.mnist)) {
      const url = new URL(path, this.siteUrl).href;
      if (await this.mnistFile(url)) continue;
      const response = await fetch(url);
      if (response.ok) await this.keepMnistFile(url, response);
    }
  }

  /** Deletes the caches of other versions that no page uses. */
  async deleteUnused(): Promise<void> {
    const own = [this.appCache, this.mnistCache];
    const names = (await this.names()).filter((name) => !own.includes(name));
    await Promise.all(
      names.map((name) =>
        navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
          // The newer version's cache is not in use yet; here, since it may be made at any moment.
          const { installing, waiting } = this.registration;
          if (lock && !installing && !waiting) await caches.delete(name);
        }),
      ),
    );
  }

  /** Deletes every cache of the site, each when the last page that uses it has gone. */
  async deleteAll(): Promise<void> {
    const names = await this.names();
    await Promise.all(
      names.map((name) => navigator.locks.request(name, () => caches.delete(name))),
    );
  }

  private async names(): Promise<string[]> {
    const prefix = cachePrefix(this.siteUrl);
    return (await caches.keys()).filter((name) => name.startsWith(prefix));
  }
}

/** `site.json`, as the build writes it (`scripts/lib/offlineSite.mjs`). */
type DeployedSite = Pick<BuiltSite, 'version' | 'files'>;

const headOnly = { method: 'HEAD', cache: 'no-store' } as const;

/**
 * Whether this page of a version and every file that is named by its content are as the build made them, and the
 * host has the others, as far as can be told without loading them. Those that are kept already, under the same
 * name, are what the page will get.
 */
export async function isDeployed(
  siteUrl: string,
  version: string,
  page: ArrayBuffer,
  signal: AbortSignal,
): Promise<boolean> {
  const noted = await fetch(new URL('site.json', siteUrl), { cache: 'no-cache', signal });
  if (!noted.ok) return false;
  const site: DeployedSite = await noted.json();
  if (site.version !== version || (await integrityOf(page)) !== site.files['./']) return false;
  const answers = Object.entries(site.files).map(async ([path, integrity]) => {
    const url = new URL(path, siteUrl).href;
    if (isNamedByContent(path) && (await caches.match(url, anyRequest))) return true;
    // What the browser remembers of the host says nothing of what is there now.
    const isChecked = isNamedByContent(path);
    const init = isChecked ? { integrity, cache: 'reload' as const } : headOnly;
    const { ok, headers } = await fetch(url, { ...init, signal });
    // Some hosts answer with their page whatever they are asked for.
    const isPage = headers.get('Content-Type')?.startsWith('text/html') ?? false;
    return ok && (!isPage || !isChecked);
  });
  return (await Promise.all(answers)).every(Boolean);
}

/** Vite names these by a hash of their content. */
export function isNamedByContent(path: string): boolean {
  return path.startsWith('assets/');
}

async function fetchWhole(url: string, integrity: Integrity): Promise<Response> {
  const response = await fetch(url, { integrity, cache: 'no-cache' });
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`);
  return response;
}

async function integrityOf(bytes: ArrayBuffer): Promise<Integrity> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
