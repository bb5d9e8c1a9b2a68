import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { CHECKPOINT_STEPS } from '../../scripts/lib/faultCases.mjs';
import { faultTimes } from '../../src/util/testing/faults.ts';
import type { Site } from '../support/site.ts';
import { expectNoComplaints, noticesOf, openTraining, surviveOnce } from './training.ts';

/**
 * Chromium ends the process that owns the GPU, here the one in which SwiftShader plays it, and starts
 * another. After the second time within two minutes it keeps WebGPU from the page for two minutes.
 */

const EXPLAINED_WITHIN_MS = 15_000;

let site: Site;
afterEach(() => site?.close());

async function crashGpu(page: Page): Promise<void> {
  const devtools = await page.context().browser()?.newBrowserCDPSession();
  if (!devtools) throw new Error('The browser cannot be reached.');
  // The command is never answered: it ends what would.
  devtools.send('Browser.crashGpuProcess').catch(() => undefined);
}

it("a run in training survives the crash of the GPU's process, and a second one soon after", async ({
  task,
}) => {
  site = await openTraining({ engine: 'webgpu' });
  const { page } = site;
  const first = await surviveOnce(page, () => crashGpu(page));
  expect(first.lostSteps).toBeLessThanOrEqual(CHECKPOINT_STEPS);

  const times = faultTimes(2, 1);
  let worstLossInSteps = first.lostSteps;
  if (times > 1) {
    const second = await surviveOnce(page, () => crashGpu(page));
    worstLossInSteps = Math.max(worstLossInSteps, second.lostSteps);
    expect(second.lostSteps).toBeLessThanOrEqual(CHECKPOINT_STEPS);
  } else await crashGpu(page);
  await expect.poll(() => noticesOf(page), { timeout: EXPLAINED_WITHIN_MS }).toContain('gpuAway');
  await page.getByText('The browser gives this page no GPU for now').waitFor();

  // The time of the second is the browser's: it is away for two minutes, for which few wait here.
  task.meta.fault = {
    ...{ case: 5, words: "the GPU's process crashes" },
    ...{ injected: times, survived: times, worstLossInSteps },
    worstRecoverySeconds: first.recoverySeconds,
  };
  expectNoComplaints(site);
});
