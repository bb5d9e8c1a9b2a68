import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuild } from '../../lib/build.mjs';
import { ensurePackages } from '../../lib/ensurePackages.mjs';
import { findBrowser } from '../../lib/findBrowser.mjs';
import { launch } from '../../lib/launch.mjs';
import { inProject } from '../../lib/paths.mjs';
import { prepareMnist } from '../../lib/prepareMnist.mjs';
import { SetupError, say } from '../../lib/say.mjs';
import { serve } from '../../lib/serve.mjs';
import { followNotices, Notices } from './notices.mjs';
import { PageError, prepareCalls } from './page.mjs';

/** @typedef {import('playwright').Page} Page */
/** @typedef {import('./report.mjs').Report} Report */

const startTimeoutMs = 120_000;
const pollMs = 50;
const browserEnded = 'The browser ended before the command did.';

/**
 * Opens the built app in a browser without a window and lets `use` work with it. Everything is
 * closed afterwards, whether it worked, failed or was interrupted. Gives the exit status: 0, or 1
 * if something failed, which `report` then told.
 * @param {{ engine?: string, recipe?: string, threads?: string }} address what the page's address asks for
 * @param {Report} out
 * @param {(page: Page, report: Report, tell: (error: unknown) => void) => Promise<void>} use `tell`
 *   reports a failure that does not end the work
 * @param {(page: Page) => Promise<void>} [prepare] what is done to the page before it is opened
 */
export async function withWorkbench(address, out, use, prepare) {
  /** @type {(() => Promise<void>)[]} */
  const closers = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close().catch(() => {});
  };
  let failed = false;
  let closing = false;
  const tell = (/** @type {unknown} */ error) => {
    failed = true;
    if (closing) return; // what breaks off then is no news
    notices.report({ event: 'error', ...describe(error) });
  };
  /** @type {(error: Error) => void} */
  let giveUp = tell;
  /** @type {Promise<never>} */
  const hopeless = new Promise((_, reject) => {
    giveUp = reject;
  });
  hopeless.catch(() => {}); // it may come when nobody waits for it any more
  const notices = new Notices(out, giveUp);
  const forget = onInterruption((signal, status) => {
    tell(new SetupError(`Ended by ${signal} before it was done.`));
    closing = true;
    closeAll().then(() => process.exit(status));
  });
  try {
    await setUp();
    const server = await serve(inProject('dist'));
    closers.push(server.close);
    // Nothing is kept for a next visit: the profile is deleted when the command ends.
    const context = await launch(await findBrowser(), { serviceWorkers: 'block' });
    closers.push(() => context.close());
    const page = context.pages()[0] ?? (await context.newPage());
    await prepareCalls(page);
    await prepare?.(page);
    const broken = whenBroken(page, tell);
    context.on('close', () => giveUp(new SetupError(browserEnded)));
    await page.goto(`${server.url}?${new URLSearchParams({ ...address, lang: 'en' })}`);
    const used = waitForEngine(page)
      .then(() => followNotices(page, notices))
      .then(() => use(page, notices.report, tell));
    await Promise.race([used, broken, hopeless]);
  } catch (error) {
    tell(isGone(error) ? new SetupError(browserEnded) : error);
  } finally {
    notices.flush();
    closing = true;
    await closeAll();
    forget();
  }
  return failed ? 1 : 0;
}

/**
 * Calls back when the user, or the system, asks this program to end, once.
 * @param {(signal: string, status: number) => void} end
 * @returns what stops listening
 */
function onInterruption(end) {
  const signals = /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ]);
  const listeners = signals.map(([signal, status]) => {
    const listener = () => end(signal, status);
    process.once(signal, listener);
    return /** @type {const} */ ([signal, listener]);
  });
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}

async function setUp() {
  await ensurePackages({ dev: true });
  await prepareMnist();
  await ensureBuild();
}

/**
 * Tells every uncaught error of the page; rejects where nothing can go on.
 * @param {Page} page
 * @param {(error: unknown) => void} tell
 * @returns {Promise<never>}
 */
function whenBroken(page, tell) {
  page.on('pageerror', tell);
  page.on('console', (message) => {
    if (message.type() === 'error') say(`The page says: ${message.text()}`);
  });
  return new Promise((_, reject) => {
    page.on('crash', () => reject(new SetupError('The page crashed; it may need more memory.')));
  });
}

/** @param {Page} page */
async function waitForEngine(page) {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const state = await page.evaluate(() => {
      const current = window.workbench?.state();
      return current && { phase: current.phase, notices: current.notices };
    });
    if (state?.phase === 'failed') {
      throw new SetupError(state.notices.at(-1)?.message ?? 'The engine could not be started.');
    }
    if (state && state.phase !== 'starting') return;
    if (Date.now() > deadline) {
      throw new SetupError(`The page was not ready within ${startTimeoutMs / 1000} seconds.`);
    }
    await sleep(pollMs);
  }
}

/** Whether Playwright found no browser to speak to any more. @param {unknown} error */
function isGone(error) {
  return error instanceof Error && error.message.includes('browser has been closed');
}

/** @param {unknown} error */
function describe(error) {
  if (error instanceof PageError && error.code) {
    return { name: error.name, message: error.message, code: error.code };
  }
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}
