import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { CHECKPOINT_STEPS } from '../../scripts/lib/faultCases.mjs';
import { faultRandom, faultTimes } from '../../src/util/testing/faults.ts';
import { button, waitForPhase } from '../support/actions.ts';
import type { Site } from '../support/site.ts';
import {
  expectNoComplaints,
  noticesOf,
  openIdle,
  openTraining,
  surviveOnce,
  surviveTimes,
  waitForStepAfter,
  workerOf,
} from './training.ts';

/**
 * Faults of the training worker, injected while it trains. Whatever happened, another worker takes
 * its place and training goes on from the last checkpoint.
 */

let site: Site;
afterEach(() => site?.close());

/** Keeps every worker of the page in its reach. */
const keepWorkers = (page: Page) =>
  page.addInitScript(() => {
    const workers: Worker[] = [];
    class KeptWorker extends Worker {
      constructor(...how: ConstructorParameters<typeof Worker>) {
        super(...how);
        workers.push(this);
      }
    }
    Object.assign(window, { Worker: KeptWorker, workers });
  });

const terminate = (page: Page) =>
  page.evaluate(() => (Reflect.get(window, 'workers') as Worker[]).at(-1)?.terminate());

describe('a run in training survives', () => {
  it('the end of its worker, at any step', async ({ task }) => {
    site = await openTraining({ engine: 'wasm', prepare: keepWorkers });
    const { page } = site;
    const times = faultTimes(50, 1);
    const { worstNoticedSeconds, ...figures } = await surviveTimes(
      ...([page, times, faultRandom(1), () => terminate(page)] as const),
    );
    task.meta.fault = { case: 1, words: 'worker terminated at a random step', ...figures };
    expect(figures.worstLossInSteps).toBeLessThanOrEqual(CHECKPOINT_STEPS);
    expect(worstNoticedSeconds).toBeLessThan(15 + 10);
    expectNoComplaints(site);
  });

  it('a worker in an endless loop', async ({ task }) => {
    site = await openTraining({ engine: 'wasm' });
    const { page } = site;
    const loop = () =>
      workerOf(page).evaluate(() => {
        setTimeout(() => {
          for (;;);
        });
      });
    const times = faultTimes(10, 1);
    const { worstNoticedSeconds, ...figures } = await surviveTimes(
      ...([page, times, faultRandom(13), loop] as const),
    );
    task.meta.fault = { case: 13, words: 'worker in an endless loop', ...figures };
    expect(figures.worstLossInSteps).toBeLessThanOrEqual(CHECKPOINT_STEPS);
    expect(worstNoticedSeconds).toBeLessThan(15 + 10);
    expectNoComplaints(site);
  });

  it('the end of its worker before the first checkpoint: it begins again', async () => {
    site = await openIdle({ engine: 'wasm', checkpoint: 1_000_000, prepare: keepWorkers });
    const { page } = site;
    await button(page, 'Train').click();
    await waitForStepAfter(page, 20);
    await surviveOnce(page, () => terminate(page));
    expect(await noticesOf(page)).toEqual(['worker.silent']);
    expectNoComplaints(site);
  });

  it('the end of its worker after it was given more steps, and keeps them', async () => {
    site = await openIdle({
      ...{ engine: 'wasm', checkpoint: 1_000_000, steps: 20, prepare: keepWorkers },
    });
    const { page } = site;
    await page.evaluate(() => window.workbench.train());
    await page.evaluate(() => void window.workbench.resume(1_000_000).catch(() => undefined));
    await waitForPhase(page, 'training');
    await waitForStepAfter(page, 25);
    const { lostSteps } = await surviveOnce(page, () => terminate(page));
    expect(lostSteps).toBeGreaterThan(0);
    await waitForStepAfter(page, 40);
    expect(
      await page.evaluate(() => window.workbench.state().run?.record.lengthChanges?.at(-1)),
    ).toEqual({ step: 20, steps: 1_000_020 });
    expectNoComplaints(site);
  });
});
