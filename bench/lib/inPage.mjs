import { findBrowser } from '../../scripts/lib/findBrowser.mjs';
import { launch } from '../../scripts/lib/launch.mjs';
import { SetupError, say } from '../../scripts/lib/say.mjs';
import { isolationHeaders } from '../../scripts/lib/securityHeaders.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { withPage } from './bundle.mjs';
import { TorchProcess } from './torchProcess.mjs';

/** @typedef {import('./host.ts').HostFacts} HostFacts */
/** @typedef {import('./host.ts').Outcome} Outcome */
/** @typedef {import('../page/page.ts').BenchmarkRequest} BenchmarkRequest */

/**
 * Runs a benchmark in a page of a Chromium without a window, as the app runs.
 * @param {Pick<BenchmarkRequest, 'engine' | 'name'> & { options: object }} wanted
 * @param {Omit<HostFacts, 'host'>} facts
 * @returns {Promise<Outcome>}
 */
export function runInPage(wanted, facts) {
  return withPage(async (folder) => {
    // jax-js makes its threads of blobs, which the policy of the site forbids.
    const server = await serve(folder, { headers: isolationHeaders });
    const torch = new TorchProcess();
    const context = await launch(await findBrowser());
    const stop = () => void context.close().catch(() => {});
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    try {
      const page = context.pages()[0] ?? (await context.newPage());
      const session = await context.newCDPSession(page);
      const { product } = await session.send('Browser.getVersion');
      const broken = whenBroken(page);
      await page.exposeFunction('askTorch', torch.ask.bind(torch));
      await page.goto(server.url);
      await page.waitForFunction(() => 'runBenchmark' in window);
      const request = /** @type {BenchmarkRequest} */ ({
        ...wanted,
        facts: { ...facts, host: product.replace('/', ' ') },
      });
      return await Promise.race([
        page.evaluate((asked) => window.runBenchmark(asked), request),
        broken,
      ]);
    } finally {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      torch.close();
      await context.close().catch(() => {});
      await server.close();
    }
  });
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
