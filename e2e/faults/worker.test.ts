import type { Page } from 'playwright';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { button, phaseOf, progressOf, waitForPhase } from '../support/actions.ts';
import { openSite, type Site } from '../support/site.ts';
import { type FaultFigures, faultTable, isWhole } from './faultTable.ts';

/**
 * Faults of the training worker and its GPU, injected while it trains. Whatever happened, another
 * worker takes its place and training goes on, from the last checkpoint and with the same engine.
 */

const INTERVAL = 10;
const figures: FaultFigures[] = [];
let site: Site;

afterAll(() => console.log(`\n${faultTable(figures)}\n`));
afterEach(() => site?.close());

async function trainOn(engine: string, more = ''): Promise<Page> {
  site = await openSite(
    `?engine=wasm&width=0.125&batch=20&steps=1000000&checkpoint=${INTERVAL}&interval=1000000&lang=en${more}`,
  );
  const { page } = site;
  await waitForPhase(page, 'idle');
  if (engine !== 'wasm') await keepDevices(page, engine);
  await button(page, 'Train').click();
  await stepAfter(page, 2 * INTERVAL);
  return page;
}

/** Starts this engine anew, with its GPU devices in the worker's reach. */
async function keepDevices(page: Page, engine: string): Promise<void> {
  await workerOf(page).evaluate(() => {
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (...how) {
      const device = await request.apply(this, how);
      Object.assign(globalThis, { latestDevice: device });
      return device;
    };
  });
  await page.evaluate((name) => window.workbench.selectEngine(name as 'webgpu'), engine);
}

/** The training worker: the first one of the page; others are its threads. */
function workerOf(page: Page) {
  const worker = page.workers().findLast((candidate) => candidate.url().includes('entry'));
  if (!worker) throw new Error('the page has no training worker');
  return worker;
}

async function stepAfter(page: Page, step: number, timeout = 120_000): Promise<void> {
  await expect
    .poll(async () => (await progressOf(page))?.step ?? 0, { timeout, interval: 50 })
    .toBeGreaterThan(step);
}

/** Injects the fault, waits until training goes on, and gives what it cost. */
async function surviveOnce(page: Page, inject: () => Promise<unknown>) {
  const wait = Math.round(Math.random() * 1500);
  await page.waitForTimeout(wait);
  const before = (await progressOf(page))?.step ?? 0;
  const start = Date.now();
  await inject();
  await expect.poll(() => phaseOf(page), { timeout: 60_000, interval: 20 }).not.toBe('training');
  await waitForPhase(page, 'training', 60_000);
  const recoverySeconds = (Date.now() - start) / 1000;
  const after = (await progressOf(page))?.step ?? 0;
  await stepAfter(page, after);
  return { lost: Math.max(0, before - after), recoverySeconds };
}

async function surviveTimes(
  fault: string,
  times: number,
  page: Page,
  inject: () => Promise<unknown>,
): Promise<FaultFigures> {
  let [worstLossInSteps, worstRecoverySeconds, survived] = [0, 0, 0];
  for (let i = 0; i < times; i++) {
    const { lost, recoverySeconds } = await surviveOnce(page, inject);
    worstLossInSteps = Math.max(worstLossInSteps, lost);
    worstRecoverySeconds = Math.max(worstRecoverySeconds, recoverySeconds);
    survived++;
  }
  const row = { fault, injected: times, survived, worstLossInSteps, worstRecoverySeconds };
  figures.push(row);
  return row;
}

describe('a run in training survives', () => {
  it('the end of its worker', async () => {
    const page = await trainOn('wasm');
    const times = isWhole ? 50 : 1;
    const row = await surviveTimes('1 worker ends at a random step', times, page, () =>
      workerOf(page).evaluate(() => self.close()),
    );
    expect(row.survived).toBe(times);
    expect(row.worstLossInSteps).toBeLessThanOrEqual(INTERVAL);
    expect(site.complaints).toEqual([]);
  });

  it('a worker in an endless loop', async () => {
    const page = await trainOn('wasm');
    const times = isWhole ? 10 : 1;
    const row = await surviveTimes('13 worker in an endless loop', times, page, async () => {
      await workerOf(page).evaluate(() => {
        setTimeout(() => {
          for (;;);
        });
      });
    });
    expect(row.worstLossInSteps).toBeLessThanOrEqual(INTERVAL);
    expect(row.worstRecoverySeconds).toBeLessThan(15 + 10);
    expect(site.complaints).toEqual([]);
  });

  it('the loss of its GPU device', async () => {
    const page = await trainOn('webgpu', '&tune=off');
    const times = isWhole ? 20 : 1;
    const row = await surviveTimes('4 device destroyed in mid-step', times, page, async () => {
      await workerOf(page).evaluate(() =>
        (Reflect.get(globalThis, 'latestDevice') as GPUDevice).destroy(),
      );
    });
    expect(row.worstLossInSteps).toBeLessThanOrEqual(INTERVAL);
    expect(row.worstRecoverySeconds).toBeLessThan(30);
    expect(site.complaints).toEqual([]);
  });
});
