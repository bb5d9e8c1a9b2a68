import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHECKPOINT_STEPS } from '../../scripts/lib/faultCases.mjs';
import { findBrowser } from '../../scripts/lib/findBrowser.mjs';
import { launch } from '../../scripts/lib/launch.mjs';
import { inProject } from '../../scripts/lib/paths.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { faultRandom, faultTimes } from '../../src/util/testing/faults.ts';
import { waitForPhase } from '../support/actions.ts';
import { expectAdapter } from '../support/site.ts';
import { stepOf } from './training.ts';

/** The whole browser is killed while a run trains, again and again; then the run is finished. */

const KILLS = faultTimes(20, 2);
const STEPS = KILLS * 110 + 180;
const address = `?engine=wasm&width=0.125&batch=20&steps=${STEPS}&seed=5&checkpoint=${CHECKPOINT_STEPS}&interval=1000000&lang=en`;

let server: Awaited<ReturnType<typeof serve>>;
let folder: string;
/** What the pages left uncaught. */
const complaints: string[] = [];

beforeAll(async () => {
  server = await serve(inProject('dist'));
  folder = await mkdtemp(join(tmpdir(), 'workbench-profile-'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function openBrowser(profile: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await launch(await findBrowser(), {}, profile);
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${server.url}${address}`);
  await expectAdapter(page);
  return { context, page };
}

/** Ends the browser's own process, as a power cut would; those of its pages go with it. */
async function kill(context: BrowserContext): Promise<void> {
  const browser = context.browser();
  const devtools = await browser?.newBrowserCDPSession();
  const { processInfo = [] } = (await devtools?.send('SystemInfo.getProcessInfo')) ?? {};
  const own = processInfo.find(({ type }) => type === 'browser');
  if (!browser || !own) throw new Error('The browser does not say which process it is.');
  const gone = new Promise((resolve) => browser.once('disconnected', resolve));
  process.kill(own.id, 'SIGKILL');
  await gone;
}

/** A hash of the exported tensors; the header before them names the run. */
function weightsHash(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { bytes } = await window.workbench.exportWeights('safetensors');
    const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    const digest = await crypto.subtle.digest('SHA-256', bytes.slice(8 + headerBytes));
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16)).join(' ');
  });
}

async function trainToTheEnd(): Promise<string> {
  const { context, page } = await openBrowser('');
  await waitForPhase(page, 'idle');
  await page.evaluate(() => window.workbench.train());
  const hash = await weightsHash(page);
  await context.close();
  return hash;
}

it.skipIf(process.platform === 'win32')(
  'a run survives the death of the browser, and ends with the weights of one that never stopped',
  async ({ task }) => {
    const random = faultRandom(3);
    const reference = await trainToTheEnd();
    let [worstLossInSteps, worstRecoverySeconds] = [0, 0];
    for (let i = 0; i < KILLS; i++) {
      const { context: killed, page } = await openBrowser(folder);
      await waitForPhase(page, i === 0 ? 'idle' : 'paused');
      const start = await stepOf(page);
      await page.evaluate((isFirst) => {
        const training = isFirst ? window.workbench.train() : window.workbench.resume();
        training.catch(() => undefined);
      }, i === 0);
      await expect
        .poll(() => stepOf(page), { timeout: 60_000, interval: 20 })
        .toBeGreaterThan(start + 2 * CHECKPOINT_STEPS);
      await page.waitForTimeout(700 * random());
      const before = await stepOf(page);
      expect(before).toBeLessThan(STEPS);
      await kill(killed);

      const died = Date.now();
      const next = await openBrowser(folder);
      await waitForPhase(next.page, 'paused');
      worstRecoverySeconds = Math.max(worstRecoverySeconds, (Date.now() - died) / 1000);
      worstLossInSteps = Math.max(worstLossInSteps, before - (await stepOf(next.page)));
      await next.context.close();
    }
    const { context, page } = await openBrowser(folder);
    await waitForPhase(page, 'paused');
    await page.evaluate(() => window.workbench.resume());
    expect(await weightsHash(page)).toBe(reference);
    await context.close();

    const counts = { injected: KILLS, survived: KILLS };
    task.meta.fault = {
      ...{ case: 3, words: 'the browser is killed', ...counts },
      ...{ worstLossInSteps, worstRecoverySeconds },
    };
    expect(worstLossInSteps).toBeLessThanOrEqual(CHECKPOINT_STEPS);
    expect(complaints).toEqual([]);
  },
);
