import type { Page } from 'playwright';
import { expect } from 'vitest';
import { CHECKPOINT_STEPS } from '../../scripts/lib/faultCases.mjs';
import type { FaultFigures } from '../../src/util/testing/faults.ts';
import { button, progressOf, waitForPhase } from '../support/actions.ts';
import { type Host, openSite, type Site } from '../support/site.ts';

/** A training that lasts for ever, to be disturbed, and what each disturbance cost it. */

/** The engines' networks: small ones, and of few shaders where a processor compiles them. */
const NETWORKS = { wasm: 'width=0.125', webgpu: 'arch=lenet5&tune=off' } as const;

export interface EndlessTraining {
  readonly engine: keyof typeof NETWORKS;
  /** Steps between checkpoints; all faults count on the usual ones. */
  readonly checkpoint?: number;
  readonly steps?: number;
  readonly prepare?: Host['prepare'];
}

/** Opens the page and waits until it may train. */
export async function openIdle({
  engine,
  checkpoint = CHECKPOINT_STEPS,
  steps = 1_000_000,
  prepare,
}: EndlessTraining): Promise<Site> {
  const site = await openSite(
    `?engine=${engine}&${NETWORKS[engine]}&batch=20&steps=${steps}&checkpoint=${checkpoint}&interval=1000000&lang=en`,
    // Its worker is to be fetched anew each time, for what is done to it before.
    { serviceWorkers: 'block' },
    prepare ? { prepare } : {},
  );
  await waitForPhase(site.page, 'idle');
  const trainsOn = await site.page.evaluate(() => window.workbench.state().engine?.name);
  expect(trainsOn).toBe(engine);
  return site;
}

/** The same, in training, with two checkpoints behind it. */
export async function openTraining(training: EndlessTraining): Promise<Site> {
  const site = await openIdle(training);
  await button(site.page, 'Train').click();
  await waitForStepAfter(site.page, 2 * CHECKPOINT_STEPS);
  return site;
}

/** The training worker; others are its threads. */
export function workerOf(page: Page) {
  const worker = page.workers().findLast((candidate) => candidate.url().includes('entry'));
  if (!worker) throw new Error('the page has no training worker');
  return worker;
}

export async function stepOf(page: Page): Promise<number> {
  return (await progressOf(page))?.step ?? 0;
}

export async function waitForStepAfter(page: Page, step: number): Promise<void> {
  await expect.poll(() => stepOf(page), { timeout: 120_000, interval: 50 }).toBeGreaterThan(step);
}

/** What the user was told, as codes. */
export function noticesOf(page: Page): Promise<(string | undefined)[]> {
  return page.evaluate(() =>
    window.workbench.state().notices.map(({ code, news }) => code ?? news),
  );
}

/** What one fault cost. */
export interface Cost {
  readonly noticedSeconds: number;
  /** Until the first step that was made after the fault. */
  readonly recoverySeconds: number;
  readonly lostSteps: number;
}

/** Injects the fault into a training in progress, and waits until it has made a step again. */
export async function surviveOnce(page: Page, inject: () => Promise<unknown>): Promise<Cost> {
  await page.evaluate(watchStates);
  await inject();
  await expect
    .poll(() => page.evaluate(costSoFar), { timeout: 240_000, interval: 50 })
    .toBeDefined();
  const cost = await page.evaluate(costSoFar);
  if (!cost) throw new Error('the cost was there a moment ago');
  return cost;
}

/** In the page: notes every change of phase and step from now on. */
function watchStates(): void {
  const seen: { at: number; phase: string; step: number }[] = [];
  const note = ({ phase, run } = window.workbench.state()) =>
    seen.push({ at: performance.now(), phase, step: run?.step ?? 0 });
  note();
  const previous: unknown = Reflect.get(window, 'stopWatching');
  if (typeof previous === 'function') previous();
  Object.assign(window, { seen, stopWatching: window.workbench.subscribe(note) });
}

/** In the page: what the fault cost, once a step was made after it. */
function costSoFar(): Cost | undefined {
  const seen = Reflect.get(window, 'seen') as { at: number; phase: string; step: number }[];
  const noticed = seen.findIndex(({ phase }) => phase !== 'training');
  if (noticed < 0) return undefined;
  const later = seen.slice(noticed);
  const restored = Math.min(...later.map(({ step }) => step));
  const again = later.find(({ phase, step }) => phase === 'training' && step > restored);
  if (!again) return undefined;
  const [start = 0, noticedAt = 0] = [seen[0]?.at, seen[noticed]?.at];
  return {
    noticedSeconds: (noticedAt - start) / 1000,
    recoverySeconds: (again.at - start) / 1000,
    lostSteps: Math.max(...seen.slice(0, noticed).map(({ step }) => step)) - restored,
  };
}

/**
 * A page that has not failed yet, in training: one that failed twice within a minute waits on purpose
 * before it starts its worker again, which is no measure of how long a fault takes.
 */
async function openAnew(page: Page): Promise<void> {
  await page.reload();
  await waitForPhase(page, 'paused');
  const step = await stepOf(page);
  await button(page, 'Resume').click();
  await waitForStepAfter(page, step);
}

/** Injects a fault again and again, each after a random wait; what all of them came to. */
export async function surviveTimes(
  page: Page,
  times: number,
  random: () => number,
  inject: () => Promise<unknown>,
): Promise<Omit<Required<FaultFigures>, 'case' | 'words'> & { worstNoticedSeconds: number }> {
  const costs: Cost[] = [];
  for (let i = 0; i < times; i++) {
    if (i > 0) await openAnew(page);
    await page.waitForTimeout(1500 * random());
    costs.push(await surviveOnce(page, inject));
    // No checkpoint was passed over because it was damaged.
    expect(await noticesOf(page)).not.toContain('storage.corrupt');
  }
  return {
    injected: times,
    survived: costs.length,
    worstLossInSteps: Math.max(...costs.map(({ lostSteps }) => lostSteps)),
    worstRecoverySeconds: Math.max(...costs.map(({ recoverySeconds }) => recoverySeconds)),
    worstNoticedSeconds: Math.max(...costs.map(({ noticedSeconds }) => noticedSeconds)),
  };
}

/** Nothing went wrong that nobody saw to. */
export function expectNoComplaints({ complaints, consoleErrors }: Site): void {
  expect(complaints).toEqual([]);
  expect(consoleErrors).toEqual([]);
}
