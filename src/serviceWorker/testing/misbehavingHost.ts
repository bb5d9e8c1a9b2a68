import type { BuiltSite, Integrity } from '../keptFiles.ts';

/** How a host may answer for a file in the place of it. */
export const ways = [
  ...[
    '404',
    '410',
    '500',
    'its own page with 200',
    'half of the file',
    'the file of another version',
  ],
  ...['never', 'gone'],
] as const;
export type Way = (typeof ways)[number];

export const siteUrl = 'https://host.example/workbench/';
const maintenance = '<!doctype html><title>Down for maintenance</title>';

/** A version of the site: what its files hold, by path; the page itself is the empty one. */
export interface Version {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly site: BuiltSite;
}

/** Every kind of file that there is in a version, and who asks for it. */
export const kindsOfFile = {
  '': 'the page',
  'serviceWorker.js': 'the service worker',
  'site.json': 'the list of files',
  'assets/index.js': 'a script that the page begins with',
  'assets/index.css': 'a style that the page begins with',
  'assets/entry.js': 'a script that comes later',
  'assets/kernels.wasm': 'WebAssembly',
  'favicon.svg': 'a file that is not named by its content',
  'mnist/manifest.json': 'the list of MNIST',
  'mnist/images.gz': 'the images of MNIST',
} as const;
export type Path = keyof typeof kindsOfFile;

/** As Vite does: names under assets/ tell the content, so that each version has its own. */
export function pathIn(version: Version, path: string): string {
  return path.startsWith('assets/') ? path.replace('.', `-${version.name}.`) : path;
}

export async function makeVersion(name: string): Promise<Version> {
  const asset = (path: string) => path.replace('.', `-${name}.`);
  const begins = [asset('assets/index.js'), asset('assets/index.css')];
  const tags = begins.map((path) => `<script src="./${path}"></script>`).join('');
  const page = `<!doctype html><meta name="workbench-version" content="${name}">${tags}`;
  const app: Record<string, string> = { './': page, 'favicon.svg': `icon of ${name}` };
  for (const path of Object.keys(kindsOfFile)) {
    if (path.startsWith('assets/')) app[asset(path)] = `${path} of ${name}`;
  }
  const data: Record<string, string> = {
    'mnist/manifest.json': '{"files":[]}',
    'mnist/images.gz': 'sixty thousand images',
  };
  const integrities = async (files: Record<string, string>) => {
    const all = Object.entries(files).map(async ([path, text]) => [path, await integrityOf(text)]);
    return Object.fromEntries(await Promise.all(all)) as Record<string, Integrity>;
  };
  const files = await integrities(app);
  const mnist = Object.fromEntries(
    Object.entries(await integrities(data)).map(([path, hash]) => [path, [hash]]),
  );
  const site = { version: name, files, mnist, mnistVersion: '1', headers: { 'X-Ours': 'yes' } };
  const { './': _, ...others } = app;
  const served = { '': page, ...others, ...data, 'serviceWorker.js': `the worker of ${name}` };
  return {
    name,
    site,
    files: { ...served, 'site.json': JSON.stringify({ version: name, files }) },
  };
}

/** A host that has one version, and answers for some files as it should not. */
export class MisbehavingHost {
  private faults = new Map<string, Way>();
  isGone = false;

  constructor(
    public version: Version,
    private readonly other: Version,
  ) {}

  spoil(path: string, way: Way): void {
    this.faults.set(pathIn(this.version, path), way);
  }

  repair(): void {
    this.faults.clear();
    this.isGone = false;
  }

  /** As `fetch` answers; held against `integrity` where one is asked for, as browsers do. */
  readonly fetch = async (
    request: Request | URL | string | { url: string },
    init: RequestInit = {},
  ): Promise<Response> => {
    const { href } = new URL(
      typeof request === 'object' && 'url' in request ? request.url : request,
    );
    const path = href.slice(siteUrl.length);
    init.signal?.throwIfAborted();
    if (this.isGone) throw new TypeError('Failed to fetch');
    const response = await this.answer(path, init.signal);
    if (init.method === 'HEAD') return new Response(null, response);
    const text = await response.clone().text();
    if (init.integrity && (!response.ok || (await integrityOf(text)) !== init.integrity)) {
      throw new TypeError('Failed to fetch');
    }
    return response;
  };

  private async answer(path: string, signal?: AbortSignal | null): Promise<Response> {
    const text = this.version.files[path];
    const way = text === undefined ? '404' : this.faults.get(path);
    const type =
      path === '' ? 'text/html' : path.endsWith('.js') ? 'text/javascript' : 'text/plain';
    const headers = { 'Content-Type': type };
    switch (way) {
      case undefined:
        return new Response(text, { headers });
      case 'its own page with 200':
        return new Response(maintenance, { headers: { 'Content-Type': 'text/html' } });
      case 'half of the file':
        return new Response(text?.slice(0, text.length / 2), { headers });
      case 'the file of another version':
        return new Response(this.ofOther(path), { headers });
      case 'gone':
        throw new TypeError('Failed to fetch');
      case 'never':
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        });
      default:
        return new Response(maintenance, {
          status: Number(way),
          headers: { 'Content-Type': 'text/html' },
        });
    }
  }

  /** What lies there in the other version, or in a file of the same kind. */
  private ofOther(path: string): string | undefined {
    const kind = path.replace(`-${this.version.name}.`, '.');
    return this.other.files[pathIn(this.other, kind)];
  }
}

export async function integrityOf(text: string): Promise<Integrity> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256-${Buffer.from(digest).toString('base64')}`;
}
