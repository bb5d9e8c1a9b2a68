import { afterEach, expect, it } from 'vitest';
import { faultTimes } from '../../src/util/testing/faults.ts';
import { phaseOf } from '../support/actions.ts';
import type { Site } from '../support/site.ts';
import {
  expectNoComplaints,
  noticesOf,
  openTraining,
  stepOf,
  waitForStepAfter,
  workerOf,
} from './training.ts';

let site: Site;
afterEach(() => site?.close());

/** In the page: says that it is hidden, or is seen again. A browser without windows hides none. */
function setVisibility(state: 'hidden' | 'visible'): void {
  for (const [name, value] of Object.entries({
    visibilityState: state,
    hidden: state === 'hidden',
  })) {
    Object.defineProperty(document, name, { configurable: true, get: () => value });
  }
  document.dispatchEvent(new Event('visibilitychange'));
}

it('a tab that is hidden and frozen for longer than a worker may be silent loses nothing', async ({
  task,
}) => {
  site = await openTraining({ engine: 'wasm' });
  const { page } = site;
  const worker = workerOf(page);
  const devtools = await page.context().newCDPSession(page);
  const times = faultTimes(3, 1);
  const frozenMs = times > 1 ? 120_000 : 20_000;
  let worstLossInSteps = 0;
  for (let i = 0; i < times; i++) {
    await page.evaluate(setVisibility, 'hidden' as const);
    const before = await stepOf(page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await new Promise((resolve) => setTimeout(resolve, frozenMs));
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await page.evaluate(setVisibility, 'visible' as const);
    await waitForStepAfter(page, before);
    worstLossInSteps = Math.max(worstLossInSteps, before - (await stepOf(page)));
    expect(await phaseOf(page)).toBe('training');
    // No false alarm: nobody was told anything, and the worker is the same.
    expect(await noticesOf(page)).toEqual([]);
    expect(workerOf(page)).toBe(worker);
  }
  const figures = { injected: times, survived: times, worstLossInSteps };
  task.meta.fault = { case: 12, words: `hidden and frozen for ${frozenMs / 1000} s`, ...figures };
  expectNoComplaints(site);
});
