import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, region, waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

const STEPS = 24;
const INTERVAL = 6;
/** A test of 10,000 images, or a run, on a machine that is busy with other things. */
const SLOWEST_MS = 150_000;

describe('two runs are laid over each other', () => {
  let site: Site;
  let page: Page;
  let names: readonly [slow: string, quick: string];

  beforeAll(async () => {
    site = await openSite(
      `?engine=wasm&threads=1&arch=lenet5&batch=10&steps=${STEPS}&interval=${INTERVAL}&validation=20&lang=en`,
    );
    page = site.page;
    await waitForPhase(page, 'idle');
    const slow = await trained(0.0001);
    await button(page, 'Evaluate').click();
    await page.waitForFunction(
      () => window.workbench.state().evaluation.status === 'done',
      undefined,
      { timeout: SLOWEST_MS },
    );
    names = [slow, await trained(0.003)];
  }, 2 * SLOWEST_MS);
  afterAll(() => site?.close());

  /** Trains a run and gives its name. */
  async function trained(learningRate: number): Promise<string> {
    const id = await page.evaluate(
      async (rate) => (await window.workbench.train({ learningRate: rate })).id,
      learningRate,
    );
    await waitForPhase(page, 'idle');
    await page.waitForFunction(
      ([wanted, steps]) =>
        window.workbench.state().runs.some((run) => run.id === wanted && run.step === steps),
      [id, STEPS] as const,
    );
    // The runs are told apart by their names.
    await page.evaluate(([wanted, name]) => window.workbench.renameRun(wanted, name), [
      id,
      `rate ${learningRate}`,
    ] as const);
    return `rate ${learningRate}`;
  }

  const panel = () => region(page, 'Runs');
  const comparison = () => page.getByRole('region', { name: 'Comparison', exact: true });
  const compare = (name: string) => panel().getByRole('checkbox', { name: `Compare ${name}` });
  const chart = (title: string) => comparison().getByRole('figure').filter({ hasText: title });
  const curves = (figure: Locator) => figure.locator('path.recharts-line-curve');
  const choose = (group: string, option: string) =>
    comparison()
      .getByRole('radiogroup', { name: group })
      .getByText(option, { exact: true })
      .click();

  async function violations() {
    const { violations: found } = await new AxeBuilder({ page }).analyze();
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }

  it('names what sets them apart, and nothing else', async () => {
    for (const name of names) await compare(name).check();
    const table = comparison().getByRole('table');
    await expect.poll(() => table.getByRole('columnheader').allTextContents()).toHaveLength(3);

    const settings = table.getByRole('rowgroup').nth(1);
    expect(await settings.getByRole('rowheader').allTextContents()).toEqual(['learning rate']);
    expect(await settings.getByRole('cell').allTextContents()).toEqual(['0.0001', '0.003']);
    const figures = table.getByRole('rowgroup').nth(2);
    expect(await figures.getByRole('row', { name: 'Test accuracy' }).textContent()).toMatch(
      /\d%\)–$/,
    );

    const legend = comparison().getByRole('list', { name: 'Compared runs' });
    const entries = await legend.getByRole('listitem').allTextContents();
    expect(entries).toHaveLength(2);
    names.forEach((name, i) => {
      expect(entries[i]).toContain(name);
      expect(entries[i]).toMatch(/learning rate 0\.\d+/);
      expect(entries[i]).toMatch(/[Vv]alidation (loss|accuracy)/);
    });
  });

  it('draws their curves by step and by time, and the gap as a curve of its own', async () => {
    expect(await curves(chart('Generalisation gap')).count()).toBe(2);
    const loss = chart('Log scale');
    expect(await curves(loss).count()).toBe(4);
    const shapes = () =>
      curves(loss).evaluateAll((paths) => paths.map((path) => path.getAttribute('d')));
    const byStep = await shapes();
    expect(await loss.textContent()).toContain('Step');

    await choose('Across', 'Time');
    await expect.poll(() => loss.textContent()).toContain('Seconds of training');
    // The one that took longest fills the chart either way.
    expect(await shapes()).not.toEqual(byStep);
    expect(await chart('Generalisation gap').textContent()).toContain('Seconds of training');

    await choose('Images', 'Validation');
    await expect.poll(() => curves(loss).count()).toBe(2);
    await choose('Figure', 'Accuracy');
    await expect.poll(() => curves(chart('Zoom in')).count()).toBe(2);
    await choose('Across', 'Step');
    await choose('Images', 'Both');
  });

  it('brings one out when its name is pressed', async () => {
    const [slow] = names;
    const name = comparison().getByRole('button', { name: slow });
    await name.click();
    expect(await name.getAttribute('aria-pressed')).toBe('true');
    const opacities = await curves(chart('Generalisation gap')).evaluateAll((paths) =>
      paths.map((path) => Number(path.getAttribute('stroke-opacity'))),
    );
    expect(opacities[0]).toBe(1);
    expect(opacities[1]).toBeLessThan(0.3);
    await name.click();
  });

  it('can be used by everybody, in both languages and schemes, wide and narrow', async () => {
    for (const [language, name] of [
      ['zh-Hant', '中文'],
      ['en', 'English'],
    ] as const) {
      await page.getByRole('banner').getByText(name, { exact: true }).click();
      await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
      for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 390],
      ] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 844 });
        const scene = `${language}, ${colorScheme}, ${width}`;
        expect(await violations(), scene).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, scene).toBeLessThanOrEqual(0);
      }
    }
    await page.setViewportSize({ width: 1280, height: 844 });
  });

  it('keeps the mistakes of the run that was tested', async () => {
    const [slow, quick] = names;
    const mistakes = (name: string) =>
      panel()
        .getByRole('article')
        .filter({ hasText: name })
        .getByRole('list', { name: `Mistakes in the test after step ${STEPS}` });
    expect(await mistakes(slow).getByRole('img').count()).toBe(6);
    expect(await mistakes(quick).count()).toBe(0);
  });

  it('follows a new name', async () => {
    const [slow] = names;
    await button(page, `Rename ${slow}`).click();
    const field = panel().getByRole('textbox', { name: 'New name of the run' });
    await field.fill('the slow one');
    await field.press('Enter');
    await comparison().getByRole('columnheader', { name: 'the slow one' }).waitFor();
  });

  it('goes on with the other while one is deleted, and is back when that is undone', async () => {
    const before = await curves(chart('Generalisation gap')).evaluateAll((paths) =>
      paths.map((path) => path.getAttribute('stroke')),
    );
    await button(page, 'Delete the slow one').click();
    await expect.poll(() => curves(chart('Generalisation gap')).count()).toBe(1);
    expect(await curves(chart('Generalisation gap')).getAttribute('stroke')).toBe(before[1]);
    await button(page, 'Restore').click();
    await expect.poll(() => curves(chart('Generalisation gap')).count()).toBe(2);

    await button(page, 'End comparison').click();
    await comparison().waitFor({ state: 'detached' });
    expect(await compare('the slow one').isChecked()).toBe(false);
  });

  it('without a breach of the policy or an uncaught error', () => {
    expect(site.complaints).toEqual([]);
  });
});
