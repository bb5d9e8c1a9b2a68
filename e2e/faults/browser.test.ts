import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBrowser } from '../../scripts/lib/findBrowser.mjs';
import { launch } from '../../scripts/lib/launch.mjs';
import { inProject } from '../../scripts/lib/paths.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { progressOf, waitForPhase } from '../support/actions.ts';
import { faultTable, isWhole } from './faultTable.ts';

/** The whole browser is killed while a run trains, again and again; then the run is finished. */

const INTERVAL = 10;
const KILLS = isWhole ? 20 : 2;
const STEPS = isWhole ? 2500 : 400;
const address = `?engine=wasm&width=0.125&batch=20&steps=${STEPS}&seed=5&checkpoint=${INTERVAL}&interval=1000000&lang=en`;

let server: Awaited<ReturnType<typeof serve>>;
let folder: string;

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
  await page.goto(`${server.url}${address}`);
  return { context, page };
}

/** Ends every process of the browser that works on this profile, as a power cut would. */
function kill(profile: string): void {
  execFileSync('pkill', ['-9', '-f', profile]);
}

async function stepOf(page: Page): Promise<number> {
  return (await progressOf(page))?.step ?? 0;
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
  async () => {
    const reference = await trainToTheEnd();
    let [worstLossInSteps, worstRecoverySeconds] = [0, 0];
    for (let i = 0; i < KILLS; i++) {
      const { page } = await openBrowser(folder);
      await waitForPhase(page, i === 0 ? 'idle' : 'paused');
      const start = await stepOf(page);
      await page.evaluate((isFirst) => {
        const training = isFirst ? window.workbench.train() : window.workbench.resume();
        training.catch(() => undefined);
      }, i === 0);
      await expect
        .poll(() => stepOf(page), { timeout: 60_000, interval: 20 })
        .toBeGreaterThan(start + 2 * INTERVAL);
      await page.waitForTimeout(Math.random() * 700);
      const before = await stepOf(page);
      expect(before).toBeLessThan(STEPS);
      kill(folder);

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

    const row = {
      fault: '3 the browser is killed',
      ...{ injected: KILLS, survived: KILLS, worstLossInSteps, worstRecoverySeconds },
    };
    console.log(`\n${faultTable([row])}\n`);
    // The step that the page saw may be a report older than the kill.
    expect(worstLossInSteps).toBeLessThanOrEqual(2 * INTERVAL);
  },
);
