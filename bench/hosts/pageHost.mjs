import { busiest, ticksOf } from './processes.mjs';

/** @typedef {import('../page/protocol.ts').HostRequest} HostRequest */
/** @typedef {import('../page/protocol.ts').HostAnswer} HostAnswer */

/** Long enough to be seen in figures that count hundredths of a second. */
const SPIN_MS = 150;

/** A contestant in a page of its own. */
export class PageHost {
  #page;
  #broken;

  /** @param {import('playwright').Page} page */
  constructor(page) {
    this.#page = page;
    /** @type {Promise<HostAnswer>} */
    this.#broken = new Promise((resolve) => {
      page.on('pageerror', ({ message }) => resolve({ error: message }));
      page.on('crash', () => resolve({ error: 'the page crashed; it may need more memory' }));
    });
  }

  /**
   * @param {import('playwright').BrowserContext} context
   * @param {string} url
   */
  static async open(context, url) {
    const page = await context.newPage();
    const host = new PageHost(page);
    await page.goto(url);
    await page.waitForFunction(() => 'ask' in window);
    return host;
  }

  /** @param {HostRequest} request @returns {Promise<HostAnswer>} */
  ask(request) {
    return Promise.race([this.#page.evaluate((asked) => window.ask(asked), request), this.#broken]);
  }

  /** The process in which the page runs: the one that is busy when the page is. */
  async pids() {
    const browser = this.#page.context().browser();
    const session = await browser?.newBrowserCDPSession();
    if (!session) return [];
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    const before = await ticksOf(renderers);
    await this.ask({ do: 'spin', ms: SPIN_MS });
    const pid = busiest(before, await ticksOf(renderers));
    return pid === undefined ? [] : [pid];
  }

  async close() {
    await this.#page.close().catch(() => {});
  }
}
