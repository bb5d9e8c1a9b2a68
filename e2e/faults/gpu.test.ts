import { afterEach, expect, it } from 'vitest';
import { CHECKPOINT_STEPS } from '../../scripts/lib/faultCases.mjs';
import { faultRandom, faultTimes } from '../../src/util/testing/faults.ts';
import type { Site } from '../support/site.ts';
import { beforeWorker } from '../support/workerPrelude.ts';
import { expectNoComplaints, openTraining, surviveTimes, workerOf } from './training.ts';

const NOTICED_WITHIN_S = 2;

let site: Site;
afterEach(() => site?.close());

/** In the worker: keeps its newest GPU device in reach. */
function keepDevice(): void {
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...how) {
    const device = await request.apply(this, how);
    Object.assign(globalThis, { device });
    return device;
  };
}

it('a run in training survives the loss of its GPU device', async ({ task }) => {
  site = await openTraining({
    engine: 'webgpu',
    prepare: (page) => beforeWorker(page, keepDevice, 0),
  });
  const { page } = site;
  const destroy = () =>
    workerOf(page).evaluate(() => (Reflect.get(globalThis, 'device') as GPUDevice).destroy());
  const { worstNoticedSeconds, ...figures } = await surviveTimes(
    ...([page, faultTimes(20, 1), faultRandom(4), destroy] as const),
  );
  task.meta.fault = { case: 4, words: 'device destroyed in mid-step', ...figures };
  expect(figures.worstLossInSteps).toBeLessThanOrEqual(CHECKPOINT_STEPS);
  expect(worstNoticedSeconds).toBeLessThan(NOTICED_WITHIN_S);
  expectNoComplaints(site);
});
