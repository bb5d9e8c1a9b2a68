import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, phaseOf, progressOf, region, waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

const TABS = 5;
/** From the end of one tab's training until another may train. */
const HAND_OVER_MS = 5000;
/** For steps and checkpoints, which five tabs of a small machine share. */
const PATIENCE_MS = 120_000;

describe('several tabs of the page', () => {
  let site: Site;
  let pages: Page[];

  beforeAll(async () => {
    site = await openSite(
      '?engine=wasm&threads=1&arch=lenet5&batch=10&steps=100000&checkpoint=50&validation=10&interval=100000&lang=en',
    );
    site.page.context().setDefaultTimeout(PATIENCE_MS);
    pages = [site.page];
    while (pages.length < TABS) pages.push(await openTab());
    for (const page of pages) {
      await waitForPhase(page, 'idle');
      // What a tab needs to train is there, so that only the lock is timed.
      await page.evaluate(() => window.workbench.loadDataset());
    }
  });
  afterAll(() => site?.close());

  async function openTab(): Promise<Page> {
    const page = await site.page.context().newPage();
    await page.goto(site.url);
    return page;
  }

  const refusals = (page: Page) => page.getByText('Another tab of this page is training').count();
  const inPhase = async (phase: string) => {
    const phases = await Promise.all(pages.map(phaseOf));
    return pages.filter((_, i) => phases[i] === phase);
  };
  const pressTrain = (page: Page) =>
    page.evaluate(() => void window.workbench.train().catch(() => 0));

  it('that all press Train: exactly one trains, the others say why they do not', async ({
    task,
  }) => {
    await Promise.all(pages.map((page) => button(page, 'Train').click()));
    await expect.poll(async () => (await inPhase('training')).length, { timeout: 20_000 }).toBe(1);
    const [trainer] = await inPhase('training');
    for (const page of pages) {
      if (page !== trainer) await expect.poll(() => refusals(page)).toBe(1);
    }
    expect(await inPhase('idle')).toHaveLength(TABS - 1);
    const words = 'five tabs press Train';
    task.meta.fault = { case: 19, words, injected: 1, survived: 1 };
  });

  it('see its checkpoints, and leave those in progress alone when they open', async () => {
    const [trainer] = await inPhase('training');
    const another = pages.find((page) => page !== trainer);
    if (!trainer || !another) throw new Error('One tab trains.');
    for (let i = 0; i < 3; i++) {
      await another.reload();
      await another.waitForFunction(() => window.workbench.state().runs.length === 1);
      await waitForPhase(another, 'paused');
    }
    // Only the tab that trains calls it so; the others can use what it has saved.
    expect(await region(trainer, 'Runs').getByText('training ·').count()).toBe(1);
    expect(await region(another, 'Runs').getByText('unfinished ·').count()).toBe(1);
    const prediction = await another.evaluate(() =>
      window.workbench.predict({
        ...{ name: 'a', width: 28, height: 28, ink: 'light' as const },
        pixels: Uint8Array.from({ length: 784 }, (_, i) => (i % 28 > 12 && i % 28 < 16 ? 255 : 0)),
      }),
    );
    expect(prediction.probabilities).toHaveLength(10);
    const notices = await trainer.evaluate(() => window.workbench.state().notices);
    expect(notices).toEqual([]);
  });

  it('may train within 5 s after it is closed', async ({ task }) => {
    const [trainer] = await inPhase('training');
    const [next] = await inPhase('idle');
    if (!trainer || !next) throw new Error('One tab trains, others are idle.');
    pages = pages.filter((page) => page !== trainer);
    await trainer.close();
    const begun = Date.now();
    while ((await phaseOf(next)) !== 'training') {
      await pressTrain(next);
      await next.waitForTimeout(200);
      expect(Date.now() - begun).toBeLessThan(HAND_OVER_MS);
    }
    task.meta.fault = {
      ...{ case: 19, words: 'the tab that trains is closed', injected: 1, survived: 1 },
      worstRecoverySeconds: (Date.now() - begun) / 1000,
    };
  });

  it('may train while it waits in a pause, and never go back behind its steps', async () => {
    const [first] = await inPhase('training');
    const [second] = await inPhase('idle');
    if (!first || !second) throw new Error('One tab trains, others are idle.');
    await first.waitForFunction(() => window.workbench.state().run?.checkpoint !== undefined);
    await button(first, 'Pause').click();
    await waitForPhase(first, 'paused');
    const paused = await progressOf(first);
    const id = await first.evaluate(() => window.workbench.state().run?.record.id ?? '');

    await second.evaluate((run) => window.workbench.openRun(run), id);
    await button(second, 'Resume').click();
    await second.waitForFunction(
      (step) => (window.workbench.state().run?.step ?? 0) > step + 100,
      paused?.step ?? 0,
      { timeout: PATIENCE_MS },
    );
    await button(second, 'Stop').click();
    await waitForPhase(second, 'idle');
    const stopped = await progressOf(second);

    await button(first, 'Resume').click();
    await first.waitForFunction(
      (step) => (window.workbench.state().run?.step ?? 0) > step,
      stopped?.step ?? 0,
      { timeout: PATIENCE_MS },
    );
    await button(first, 'Stop').click();
    await waitForPhase(first, 'idle');
  });

  it('leave no error uncaught', () => {
    expect(site.complaints).toEqual([]);
  });
});
