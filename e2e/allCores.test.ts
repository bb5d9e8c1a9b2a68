import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, progressOf, waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

/** Milliseconds from the hand to the page's code: what makes a page feel slow. */
const RESPONSIVE_MS = 50;

describe('training on all cores of the processor', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite('?engine=wasm&width=0.25&batch=100&steps=100000&validation=100&lang=en');
    await waitForPhase(site.page, 'idle');
  });
  afterAll(() => site?.close());

  it('uses them all, and says so', async () => {
    const { page } = site;
    const { threads, cores } = await page.evaluate(() => ({
      threads: window.workbench.state().engine?.threads,
      cores: navigator.hardwareConcurrency,
    }));
    expect(threads).toEqual({ used: cores, available: cores });
    expect(await page.getByText(`Trains on ${cores} of ${cores} cores.`).isVisible()).toBe(true);
  });

  it('answers the hand at once meanwhile', async () => {
    const { page } = site;
    await button(page, 'Train').click();
    await expect
      .poll(async () => (await progressOf(page))?.step ?? 0, { timeout: 120_000 })
      .toBeGreaterThan(2);
    await page.evaluate(() => {
      const delays: number[] = [];
      Object.assign(window, { delays });
      const note = (event: Event) => delays.push(performance.now() - event.timeStamp);
      window.addEventListener('keydown', note, { capture: true });
    });
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Shift');
      await page.waitForTimeout(37);
    }
    const delays = await page.evaluate(() => Reflect.get(window, 'delays') as number[]);
    expect(delays).toHaveLength(60);
    // All but the few that met something else the machine did.
    const usual = delays.sort((a, b) => a - b)[56] ?? Number.NaN;
    expect(usual).toBeLessThan(RESPONSIVE_MS);
    expect((await progressOf(page))?.step).toBeGreaterThan(4);
  });

  it('goes on from the same step with another number of cores', async () => {
    const { page } = site;
    await button(page, 'Pause').click();
    await waitForPhase(page, 'paused');
    const before = await progressOf(page);
    await button(page, 'Engine: WebAssembly. Choose another').click();
    await page.getByLabel('Cores that train').selectOption('1');
    await page.getByText('Trains on 1 of').waitFor();
    await page.keyboard.press('Escape');
    expect(await progressOf(page)).toEqual(before);
    await button(page, 'Resume').click();
    await expect
      .poll(async () => (await progressOf(page))?.step ?? 0, { timeout: 120_000 })
      .toBeGreaterThan((before?.step ?? 0) + 2);
    await button(page, 'Stop').click();
    await waitForPhase(page, 'idle');
    expect(site.complaints).toEqual([]);
  });
});
