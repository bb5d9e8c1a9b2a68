import { vi } from 'vitest';
import { type MisbehavingHost, siteUrl, type Version } from './misbehavingHost.ts';

/** What the browser asks of a service worker, as far as ours hears of it. */
interface FakeEvent {
  readonly request?: { url: string; method: string; mode: string };
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly respondWith?: (answer: Promise<Response>) => void;
}

/** A service worker of a version, started from its module as the browser starts its script. */
interface Worker {
  readonly version: Version;
  readonly handlers: ReadonlyMap<string, (event: FakeEvent) => void>;
}

/** A browser in which somebody visits the site again and again: caches, registration and fetches of its own. */
export class Visitor {
  private readonly caches = new FakeCaches();
  private active: Worker | undefined;
  private waiting: Worker | undefined;
  private readonly registration = {
    scope: siteUrl,
    ...{ installing: null, waiting: null, active: { scriptURL: `${siteUrl}serviceWorker.js` } },
    unregister: async () => {
      this.active = undefined;
      this.waiting = undefined;
    },
  };
  /** By the text of a service worker's script. */
  private readonly known: ReadonlyMap<string | undefined, Version>;

  constructor(
    private readonly host: MisbehavingHost,
    versions: readonly Version[],
  ) {
    this.known = new Map(versions.map((version) => [version.files['serviceWorker.js'], version]));
  }

  /**
   * Opens the page in the only tab, with everything that it uses, and lets the browser look for a newer
   * service worker. Gives the version that was seen, and undefined where anything of it was not right.
   */
  async visit(versions: readonly Version[]): Promise<string | undefined> {
    // Nobody had the page before open: the one that waits takes its place.
    if (this.waiting) {
      this.active = this.waiting;
      this.waiting = undefined;
      await this.tell(this.active, 'activate');
    }
    const page = await this.ask('', 'navigate').catch(() => undefined);
    const text = await page?.text();
    const seen = versions.find(({ files }) => files[''] === text);
    const isWhole = page?.ok && seen && (await this.hasAllOf(seen, versions));
    await this.update();
    return isWhole ? seen.name : undefined;
  }

  /** MNIST, as the page checks it. */
  async loadsMnist(): Promise<boolean> {
    const { files } = this.host.version;
    const isRight = async (path: string) => {
      const response = await this.ask(path, 'cors').catch(() => undefined);
      return response?.ok === true && (await response.text()) === files[path];
    };
    return (await isRight('mnist/manifest.json')) && (await isRight('mnist/images.gz'));
  }

  /** What is not named by its content may be of the version before, until that has gone: an icon. */
  private async hasAllOf(version: Version, versions: readonly Version[]): Promise<boolean> {
    const paths = Object.keys(version.site.files).filter((path) => path !== './');
    const answers = paths.map(async (path) => {
      const response = await this.ask(path, 'cors').catch(() => undefined);
      const text = await response?.text();
      return response?.ok === true && versions.some(({ files }) => files[path] === text);
    });
    return (await Promise.all(answers)).every(Boolean);
  }

  /** A request of the page: the service worker's to answer, if there is one, else the host's. */
  private async ask(path: string, mode: string): Promise<Response> {
    const request = { url: `${siteUrl}${path}`, method: 'GET', mode };
    const answered = this.active && (await this.tell(this.active, 'fetch', request));
    // The browser waits for minutes, and a visitor does not.
    return answered ?? this.host.fetch(request, { signal: AbortSignal.timeout(200) });
  }

  /** Fetches the script, and installs what is new: beside the one before, or as the first one. */
  private async update(): Promise<void> {
    const signal = AbortSignal.timeout(200);
    const script = await this.host
      .fetch(`${siteUrl}serviceWorker.js`, { signal })
      .then(async (response) => (response.ok ? await response.text() : undefined))
      .catch(() => undefined);
    const version = this.known.get(script);
    const isKnown = [this.active, this.waiting].some((worker) => worker?.version === version);
    if (!version || isKnown) return;
    const worker = await this.start(version);
    try {
      // An installation that comes to no end is ended by the browser.
      await within(600, this.tell(worker, 'install'));
    } catch {
      return;
    }
    if (this.active) this.waiting = worker;
    else {
      this.active = worker;
      await this.tell(worker, 'activate');
    }
  }

  private async start(version: Version): Promise<Worker> {
    const handlers = new Map<string, (event: FakeEvent) => void>();
    this.becomes(version);
    vi.stubGlobal('self', {
      registration: this.registration,
      location: new URL(`${siteUrl}serviceWorker.js`),
      clients: { claim: async () => undefined },
      addEventListener: (type: string, handler: (event: FakeEvent) => void) =>
        handlers.set(type, handler),
    });
    vi.resetModules();
    await import('../serviceWorker.ts');
    return { version, handlers };
  }

  /** What the globals are to the worker that is run next. */
  private becomes(version: Version): void {
    vi.stubGlobal('BUILT_SITE', version.site);
    vi.stubGlobal('caches', this.caches);
    vi.stubGlobal('fetch', this.host.fetch);
    const request = async (_: string, ...rest: unknown[]) =>
      (rest.at(-1) as (lock: object) => unknown)({});
    vi.stubGlobal('navigator', { locks: { request } });
  }

  private async tell(
    { version, handlers }: Worker,
    type: string,
    request?: FakeEvent['request'],
  ): Promise<Response | undefined> {
    this.becomes(version);
    const work: Promise<unknown>[] = [];
    let answer: Promise<Response> | undefined;
    handlers.get(type)?.({
      ...(request && { request }),
      waitUntil: (more) => work.push(more),
      respondWith: (given) => {
        answer = given;
      },
    });
    const response = answer && (await within(800, answer));
    await Promise.all(work);
    return response;
  }
}

/** `caches`, in memory. */
class FakeCaches {
  private readonly all = new Map<string, Map<string, Response>>();

  async open(name: string) {
    const cache = this.all.get(name) ?? new Map<string, Response>();
    this.all.set(name, cache);
    return {
      match: async (url: string) => cache.get(url)?.clone(),
      put: async (url: string, response: Response) => {
        cache.set(url, new Response(await response.arrayBuffer(), response));
      },
      delete: async (url: string) => cache.delete(url),
    };
  }

  async match(url: string): Promise<Response | undefined> {
    for (const cache of this.all.values()) {
      const found = cache.get(url);
      if (found) return found.clone();
    }
    return undefined;
  }

  keys = async () => [...this.all.keys()];
  has = async (name: string) => this.all.has(name);
  delete = async (name: string) => this.all.delete(name);
}

/** Nothing waits for ever: not the browser, and not who sits before it. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
