import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { faultTimes } from '../../src/util/testing/faults.ts';
import { button, phaseOf, waitForPhase } from '../support/actions.ts';
import type { Site } from '../support/site.ts';
import { beforeWorker } from '../support/workerPrelude.ts';
import {
  expectNoComplaints,
  openTraining,
  stepOf,
  waitForStepAfter,
  workerOf,
} from './training.ts';

/**
 * The GPU refuses a buffer: the nth that is made after training was asked to go on, from those of the
 * plan to those in which checkpoints come back. The run waits at its last checkpoint, the user hears
 * what to choose, and what follows works.
 */

let site: Site;
afterEach(() => site?.close());

/** In the worker: makes the nth buffer from now on as large as the adapter allows, which is more than it has. */
function spoilBuffers(): void {
  const create = GPUDevice.prototype.createBuffer;
  Object.assign(globalThis, { buffersLeft: Number.POSITIVE_INFINITY });
  GPUDevice.prototype.createBuffer = function (descriptor) {
    // Those that are filled at once are refused by an exception, not by the GPU.
    if (descriptor.mappedAtCreation) return create.call(this, descriptor);
    const left = Reflect.get(globalThis, 'buffersLeft') - 1;
    Object.assign(globalThis, { buffersLeft: left });
    const size = left === 0 ? this.limits.maxBufferSize : descriptor.size;
    return create.call(this, { ...descriptor, size });
  };
}

const failAt = (page: Page, buffer: number) =>
  workerOf(page).evaluate((left) => Object.assign(globalThis, { buffersLeft: left }), buffer);

const storedStep = (page: Page) => page.evaluate(() => window.workbench.state().runs[0]?.step ?? 0);

it('a run stops at its last checkpoint when the GPU has no memory for the nth buffer', async ({
  task,
}) => {
  site = await openTraining({
    engine: 'webgpu',
    prepare: async (page) => {
      // Buffers of what is shown of the network would be counted among those of its training.
      await page.addInitScript(() => {
        IntersectionObserver.prototype.observe = () => {};
      });
      await beforeWorker(page, spoilBuffers, 0);
    },
  });
  const { page } = site;
  await button(page, 'Pause').click();
  await waitForPhase(page, 'paused');
  const times = faultTimes(20, 2);
  for (let i = 0; i < times; i++) {
    const buffer = 1 + Math.round((i * 80) / times);
    // Only a page that is opened anew makes all buffers anew.
    await page.reload();
    await waitForPhase(page, 'paused');
    await failAt(page, buffer);
    const told = page.evaluate(() =>
      window.workbench.resume().then(
        () => 'finished',
        (error) => error.code as string,
      ),
    );
    expect(await told, `buffer ${buffer}`).toBe('engine.outOfMemory');
    await page.getByText('The GPU has no memory left. Choose a smaller batch or width').waitFor();
    await expect.poll(() => phaseOf(page), { timeout: 60_000 }).toMatch(/idle|paused/);

    // What is shown is what is stored, and no step and no checkpoint follows. The worker before may
    // have ended its last checkpoint after the list was read by the one that opens it, which reads the
    // list anew when it has.
    await expect
      .poll(async () => (await storedStep(page)) - (await stepOf(page)), { timeout: 10_000 })
      .toBe(0);
    const [step, stored] = [await stepOf(page), await storedStep(page)];
    await page.waitForTimeout(1500);
    expect([await stepOf(page), await storedStep(page)]).toEqual([step, stored]);

    // The page is as good as before.
    await page.evaluate(() => void window.workbench.resume().catch(() => undefined));
    await waitForStepAfter(page, stored + 1);
    await button(page, 'Pause').click();
    await waitForPhase(page, 'paused');
  }
  task.meta.fault = { case: 9, words: 'no memory for a buffer', injected: times, survived: times };
  expectNoComplaints(site);
});
