import { mkdir, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { inProject } from '../../scripts/lib/paths.mjs';
import { SetupError, say } from '../../scripts/lib/say.mjs';
import { isolationHeaders } from '../../scripts/lib/securityHeaders.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { bundleModule, bundlePage } from './bundle.mjs';
import { openDawn } from './dawn/dawn.mjs';
import { PageHost } from './pageHost.mjs';
import { candidates, findPython, openPython } from './python.mjs';

/** @typedef {import('../contestants/registry.mjs').Entrant} Entrant */
/** @typedef {import('../work/work.ts').WorkSpec} WorkSpec */
/** @typedef {import('../work/work.ts').WorkManifest} WorkManifest */
/** @typedef {import('../work/makeWork.ts').GivenImages} GivenImages */
/** @typedef {import('../page/protocol.ts').HostRequest} HostRequest */
/** @typedef {import('../page/protocol.ts').HostAnswer} HostAnswer */

/**
 * Where a contestant runs.
 * @typedef {object} Host
 * @property {(request: HostRequest) => Promise<HostAnswer>} ask
 * @property {() => Promise<number[]>} pids whose memory is the contestant's
 * @property {() => Promise<void>} close
 */

/** @typedef {{ manifest: WorkManifest, files: { web: FilePair, disk: FilePair } }} StagedWork */
/** @typedef {import('../page/protocol.ts').WorkFiles} FilePair */

/**
 * Everything that contestants need around them, made when the first of them asks for it: the bundle, a
 * server, a browser; closed by `leave`.
 */
export class Stage {
  #folder = inProject(`node_modules/.cache/workbench-bench-${process.pid}`);
  #leave;
  #headed;
  #inNode;
  /** @type {Promise<typeof import('../work/makeWork.ts')> | undefined} */
  #maker;
  /** @type {Promise<{ context: import('playwright').BrowserContext, url: string, version: string }> | undefined} */
  #browser;
  /** @type {Promise<string> | undefined} */
  #nodeHost;
  #works = 0;
  /** Of each contestant its own. @type {Map<string, import('playwright').BrowserContext>} */
  #profiles = new Map();

  /**
   * @param {(last: () => unknown) => void} leave see stopping.mjs
   * @param {{ headed?: boolean, inNode?: boolean }} [options] `inNode`: pages are processes of Node on Dawn
   */
  constructor(leave, { headed = false, inNode = false } = {}) {
    this.#leave = leave;
    this.#headed = headed;
    this.#inNode = inNode;
    leave(async () => {
      // A bundler that is at work would write into the folder after it was removed.
      await Promise.allSettled([this.#maker, this.#browser, this.#nodeHost]);
      await rm(this.#folder, { recursive: true, force: true });
    });
  }

  /** Has this done when the command ends, the last first. @param {() => unknown} last */
  atEnd(last) {
    this.#leave(last);
  }

  /** A folder for files, which goes with the command. @param {string} name */
  async folder(name) {
    const path = `${this.#folder}/${name}`;
    await mkdir(path, { recursive: true });
    return path;
  }

  /**
   * Writes a work into its two files.
   * @param {WorkSpec} spec
   * @param {GivenImages} [given]
   * @returns {Promise<StagedWork>}
   */
  async work(spec, given) {
    this.#maker ??= bundleModule(this.#folder, 'work/makeWork').then(
      (path) => import(pathToFileURL(path).href),
    );
    const { makeWork } = await this.#maker;
    const { manifest, bytes } = makeWork(spec, given);
    const name = `work-${this.#works++}`;
    await mkdir(this.#folder, { recursive: true });
    const disk = { manifest: `${this.#folder}/${name}.json`, bytes: `${this.#folder}/${name}.bin` };
    await writeFile(disk.manifest, JSON.stringify(manifest));
    await writeFile(disk.bytes, bytes);
    return { manifest, files: { web: { manifest: `/${name}.json`, bytes: `/${name}.bin` }, disk } };
  }

  /** Whether a contestant can take part; else why not. @param {Entrant} entrant */
  async absence(entrant) {
    if (entrant.host === 'python' && !(await findPython())) {
      return `none of ${candidates.join(', ')} has PyTorch`;
    }
    if (this.#inNode && entrant.host === 'page' && entrant.device !== 'webgpu') {
      return 'it needs a browser';
    }
    return undefined;
  }

  /**
   * A place for this contestant, which it has for itself.
   * @param {Pick<Entrant, 'id' | 'host' | 'module' | 'env'>} entrant
   * @param {number} threads that its process may take
   * @param {boolean} [isFirst] whether a page finds nothing of what it kept before
   * @returns {Promise<Host>}
   */
  async open(entrant, threads, isFirst = false) {
    const opened = await this.#place(entrant, threads, isFirst);
    this.#leave(() => opened.close());
    return opened;
  }

  /** @param {Pick<Entrant, 'id' | 'host' | 'module' | 'env'>} entrant @param {number} threads @param {boolean} isFirst */
  async #place({ id, host, module, env }, threads, isFirst) {
    if (host === 'python') {
      const python = await findPython();
      if (!python) throw new SetupError(`None of ${candidates.join(', ')} has PyTorch.`);
      return openPython(python, module, threads, env);
    }
    if (this.#inNode) return openDawn(await this.#bundledHost());
    const { url } = await this.browser();
    return PageHost.open(await this.#profileOf(id, isFirst), url);
  }

  /**
   * What a contestant's pages keep, the caches of code and shaders too: a private profile, which is empty at
   * first.
   * @param {string} id @param {boolean} isFirst
   */
  async #profileOf(id, isFirst) {
    const known = this.#profiles.get(id);
    if (known && !isFirst) return known;
    await known?.close();
    const { context } = await this.browser();
    const profile = await context.browser()?.newContext();
    if (!profile) throw new SetupError('This browser has no private profiles.');
    profile.on('console', tellErrors);
    this.#profiles.set(id, profile);
    return profile;
  }

  /** Makes what all contestants of this kind share. @param {Pick<Entrant, 'host'>} entrant */
  async prepareFor({ host }) {
    if (host === 'python') await findPython();
    else if (this.#inNode) await this.#bundledHost();
    else await this.browser();
  }

  #bundledHost() {
    this.#nodeHost ??= bundleModule(this.#folder, 'hosts/dawn/host');
    return this.#nodeHost;
  }

  /** Where the contestant finds the files. @param {Entrant['host']} host @param {StagedWork} work */
  filesFor(host, { files }) {
    return host === 'python' || this.#inNode ? files.disk : files.web;
  }

  /** The browser with its version, which is started once. */
  browser() {
    this.#browser ??= this.#startBrowser();
    return this.#browser;
  }

  async #startBrowser() {
    // Playwright is a package for development.
    const { findBrowser } = await import('../../scripts/lib/findBrowser.mjs');
    const { launch } = await import('../../scripts/lib/launch.mjs');
    await bundlePage(this.#folder);
    // jax-js makes its threads of blobs, which the policy of the site forbids.
    const server = await serve(this.#folder, { headers: isolationHeaders });
    this.#leave(() => server.close());
    const context = await launch(await findBrowser(), { headless: !this.#headed });
    this.#leave(() => context.close());
    const version = context.browser()?.version() ?? 'of an unknown version';
    return { context, url: server.url, version: `Chromium ${version}` };
  }

  /** What runs the pages. */
  async runner() {
    return this.#inNode ? `Node ${process.versions.node} on Dawn` : (await this.browser()).version;
  }
}

/** @param {import('playwright').ConsoleMessage} message */
function tellErrors(message) {
  if (message.type() === 'error') say(`The page says: ${message.text()}`);
}

/**
 * Asks, and throws what went wrong as a sentence.
 * @param {Host} host
 * @param {string} who
 * @param {HostRequest} request
 */
export async function ask(host, who, request) {
  const answer = await host.ask(request);
  if (answer.error !== undefined) throw new SetupError(`${who}: ${answer.error}`);
  return answer;
}
