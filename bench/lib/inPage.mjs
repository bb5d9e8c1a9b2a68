import { findBrowser } from '../../scripts/lib/findBrowser.mjs';
import { launch } from '../../scripts/lib/launch.mjs';
import { SetupError, say } from '../../scripts/lib/say.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { withPage } from './bundle.mjs';

/** @typedef {import('./host.ts').HostFacts} HostFacts */
/** @typedef {import('./host.ts').Outcome} Outcome */
/** @typedef {import('./benchmarks.ts').BenchmarkName} BenchmarkName */

/**
 * Runs a benchmark in a page of a Chromium without a window, as the app runs.
 * @param {BenchmarkName} name
 * @param {object} options of that benchmark
 * @param {Omit<HostFacts, 'host'>} facts
 * @returns {Promise<Outcome>}
 */
export function runInPage(name, options, facts) {
  return withPage(async (folder) => {
    const server = await serve(folder);
    const context = await launch(await findBrowser());
    const stop = () => void context.close().catch(() => {});
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    try {
      const page = context.pages()[0] ?? (await context.newPage());
      const session = await context.newCDPSession(page);
      const { product } = await session.send('Browser.getVersion');
      const broken = whenBroken(page);
      await page.goto(server.url);
      await page.waitForFunction(() => 'runBenchmark' in window);
      return await Promise.race([
        call(page, { name, options, facts: { ...facts, host: product.replace('/', ' ') } }),
        broken,
      ]);
    } finally {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      await context.close().catch(() => {});
      await server.close();
    }
  });
}

/**
 * @param {import('playwright').Page} page
 * @param {{ name: BenchmarkName, options: object, facts: HostFacts }} request
 * @returns {Promise<Outcome>}
 */
function call(page, request) {
  return page.evaluate(({ name, options, facts }) => {
    const { runBenchmark } =
      /** @type {{ runBenchmark: import('../page/page.ts').RunBenchmark }} */ (
        /** @type {unknown} */ (window)
      );
    return runBenchmark(name, /** @type {never} */ (options), facts);
  }, request);
}

/**
 * Repeats what the page prints, and rejects where it cannot go on.
 * @param {import('playwright').Page} page
 * @returns {Promise<never>}
 */
function whenBroken(page) {
  page.on('console', (message) => {
    const isOurs = message.type() === 'info';
    say(isOurs ? message.text() : `The page says: ${message.text()}`);
  });
  return new Promise((_, reject) => {
    page.on('pageerror', reject);
    page.on('crash', () => reject(new SetupError('The page crashed; it may need more memory.')));
  });
}
