import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openZip } from '../src/formats/archives/zip.ts';
import { button, clearStorage, region, waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

const TOLD_WITHIN_MS = 2000;
const CHECKPOINT_INTERVAL = 10;
/** Of LeNet-5: 61,706 weights and two moments of each. */
const CHECKPOINT_BYTES = 61_706 * 3 * 4;

describe('what the page keeps', () => {
  let site: Site;
  let page: Page;

  beforeAll(async () => {
    site = await openSite(
      `?engine=wasm&threads=1&arch=lenet5&batch=10&steps=40&checkpoint=${CHECKPOINT_INTERVAL}&validation=10&lang=en`,
    );
    page = site.page;
    await waitForPhase(page, 'idle');
  });
  afterAll(() => site?.close());

  const codes = () => page.evaluate(() => window.workbench.state().notices.map(({ code }) => code));
  const runNames = () => page.evaluate(() => window.workbench.state().runs.map(({ id }) => id));
  const train = (changes: object = {}) =>
    page.evaluate((some) => window.workbench.train(some).then(({ step }) => step), changes);

  /** Lets this site store so much more than now; gives what takes the limit away. */
  async function allowMoreBytes(bytes: number): Promise<() => Promise<void>> {
    const devtools = await page.context().newCDPSession(page);
    const { origin } = new URL(page.url());
    let usage = Number.NaN;
    for (let before = 0; usage !== before; ) {
      before = usage;
      ({ usage } = await devtools.send('Storage.getUsageAndQuota', { origin }));
      // The site's own files may still be on their way into its caches.
      await page.waitForTimeout(1000);
    }
    const quotaSize = usage + bytes;
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
    return () => devtools.detach();
  }

  it('says how much that is, and asks for persistence only once', async () => {
    await page.evaluate(() => {
      const storage = Object.getPrototypeOf(navigator.storage) as StorageManager;
      Object.assign(window, { asked: 0 });
      storage.persist = async () => {
        Reflect.set(window, 'asked', Reflect.get(window, 'asked') + 1);
        return false;
      };
    });
    for (let i = 0; i < 2; i++) {
      await button(page, 'Train').click();
      await page.waitForFunction((count) => window.workbench.state().runs.length === count, i + 1);
      await waitForPhase(page, 'idle');
    }
    expect(await page.evaluate(() => Reflect.get(window, 'asked'))).toBe(1);
    const panel = region(page, 'Runs');
    expect(await panel.getByText('Runs: 2').count()).toBe(1);
    await button(page, 'Ask the browser to keep it').click();
    await panel.getByText('The browser declined for now').waitFor();
  });

  it('comes out as one file with the weights and curves of every run', async () => {
    const downloading = page.waitForEvent('download');
    await button(page, 'Export all').click();
    const zip = openZip('runs.zip', await readFile(await (await downloading).path()));
    expect(zip.names.map((name) => name.replace(/^.*[.]/, ''))).toEqual([
      ...['safetensors', 'csv', 'safetensors', 'csv'],
    ]);
    const [weights = '', curves = ''] = zip.names;
    const lines = new TextDecoder().decode(zip.read(curves, 1e6)).trim().split('\n');
    expect(lines).toHaveLength(41);

    const bytes = Array.from(zip.read(weights, 1e7));
    const imported = await page.evaluate(
      (content) =>
        window.workbench.importWeights(new File([Uint8Array.from(content)], 'a.safetensors')),
      bytes,
    );
    expect(imported.step).toBe(40);
    expect(await runNames()).toHaveLength(3);
  });

  it('is deleted by one button, and comes back by another', async () => {
    const before = await runNames();
    await button(page, 'Delete all').click();
    await expect.poll(runNames).toEqual([]);
    await button(page, 'Restore').click();
    await expect.poll(async () => (await runNames()).toSorted()).toEqual(before.toSorted());
  });

  it('is opened anew when the user clears the site’s data while a run trains', async ({ task }) => {
    const training = page.evaluate(() =>
      window.workbench.train({ steps: 3000, checkpointInterval: 20 }).then(({ step }) => step),
    );
    await page.waitForFunction(() => window.workbench.state().run?.checkpoint !== undefined);
    await clearStorage(page);
    await page.getByText('What this page had stored was deleted').waitFor();
    await expect.poll(runNames, { timeout: 20_000 }).toHaveLength(1);
    await page.evaluate(() => window.workbench.stop());
    const step = await training;
    await page.reload();
    await waitForPhase(page, 'idle');
    expect(await page.evaluate(() => window.workbench.state().run?.step)).toBe(step);
    const words = 'the site’s data are cleared in training';
    task.meta.fault = { case: 18, words, injected: 1, survived: 1 };
  });

  it('is the checkpoint before when the disk is full, while the run trains on', async ({
    task,
  }) => {
    // What the browser knew of the room that there is goes with the database.
    await clearStorage(page);
    await page.reload();
    await waitForPhase(page, 'idle');
    const allowMore = await allowMoreBytes(CHECKPOINT_BYTES * 1.7);

    await page.evaluate(() => {
      const seen: [step: number, at: number][] = [];
      Object.assign(window, { seen, toldAt: undefined });
      window.workbench.subscribe(({ run, notices }) => {
        if (run && run.step !== seen.at(-1)?.[0]) seen.push([run.step, performance.now()]);
        const isFirst = notices.length > 0 && Reflect.get(window, 'toldAt') === undefined;
        if (isFirst) Object.assign(window, { toldAt: performance.now() });
      });
    });

    const training = train({ steps: 300 });
    await page.getByText('The browser has no room for this checkpoint (1 MB)').waitFor();
    const { saved, toldAfterMs } = await page.evaluate((interval) => {
      const step = window.workbench.state().run?.checkpoint?.step ?? 0;
      const { seen, toldAt } = window as unknown as { seen: number[][]; toldAt: number };
      const [, failedAt = 0] = seen.find(([at = 0]) => at >= step + interval) ?? [];
      return { saved: step, toldAfterMs: toldAt - failedAt };
    }, CHECKPOINT_INTERVAL);
    expect(saved).toBeGreaterThan(0);
    expect(toldAfterMs).toBeLessThan(TOLD_WITHIN_MS);

    expect(await training).toBe(300);
    expect(await codes()).toEqual(['storage.quota']);
    await page.reload();
    await page.waitForFunction((step) => window.workbench.state().run?.step === step, saved);
    await allowMore();
    task.meta.fault = {
      ...{ case: 15, words: 'the disk is full', injected: 1, survived: 1 },
      worstRecoverySeconds: toldAfterMs / 1000,
    };
  });

  it('is warned of before a run for which there is little room', async () => {
    const [worker] = page.workers();
    await worker?.evaluate(() => {
      StorageManager.prototype.estimate = async () => ({ usage: 9e6, quota: 10e6 });
    });
    await train({ steps: 10 });
    const warning = 'need up to 3 MB, and the browser has 1 MB left for this page';
    await page.getByText(warning).waitFor({ timeout: TOLD_WITHIN_MS });
  });

  it('leaves no error uncaught', () => {
    expect(site.complaints).toEqual([]);
  });
});
