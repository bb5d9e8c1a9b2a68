import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { region, waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

/** An A4 page between its margins, in CSS pixels. */
const PAPER = { width: 688, height: 1017 };

describe('a printed page', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(
      '?engine=wasm&arch=lenet5&steps=30&batch=20&interval=10&validation=100&display=1&seed=7&lang=en',
      { viewport: { width: 1280, height: 800 } },
    );
    const { page } = site;
    await waitForPhase(page, 'idle');
    await page.evaluate(() => window.workbench.train());
    await page.evaluate(() => window.workbench.evaluate());
    await waitForPhase(page, 'idle');
    // What the page would begin next is no part of the record.
    await page.evaluate(() => window.workbench.setRecipe({ learningRate: 0.123 }));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  });
  afterAll(() => site?.close());

  it('names the run and its recipe, with its figures, its curves and its log', async () => {
    const { page } = site;
    const training = region(page, 'Training');
    await expect.poll(() => training.getByText('LeNet-5, MNIST, seed 7').isVisible()).toBe(true);
    const recipe = training.getByLabel('Recipe of this run');
    expect(await recipe.textContent()).toContain('learning rate0.001');
    expect(await training.textContent()).not.toContain('0.123');
    expect(await region(page, 'Recipe').count()).toBe(0);
    expect(await training.locator('path.recharts-curve').first().isVisible()).toBe(true);
    expect(await training.getByRole('log').textContent()).toContain('Iter 30, ');
    const { accuracy } = await page.evaluate(() => {
      const { evaluation } = window.workbench.state();
      return evaluation.status === 'done' ? evaluation.evaluation : { accuracy: Number.NaN };
    });
    const evaluation = await region(page, 'Evaluation').textContent();
    expect(evaluation).toContain(`${(100 * accuracy).toFixed(2)}%`);
  });

  it('is black on white, whatever the scheme on the screen is', async () => {
    const colours = await site.page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return { color, backgroundColor };
    });
    expect(colours.color).toBe('rgb(0, 0, 0)');
    expect(colours.backgroundColor).toBe('rgb(255, 255, 255)');
    // The heat of the matrix is a background, which browsers leave out unless they are asked.
    const cell = region(site.page, 'Evaluation').locator('[data-cell="0-0"]');
    const adjust = await cell.evaluate((node) => getComputedStyle(node).printColorAdjust);
    expect(adjust).toBe('exact');
  });

  it('has nothing to press, and nothing that stays in place', async () => {
    const left = await site.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('body *')]
        .filter((node) => node.checkVisibility() && node.getClientRects().length > 0)
        .filter((node) => {
          const { position } = getComputedStyle(node);
          return (
            position === 'fixed' ||
            position === 'sticky' ||
            node.matches('.mantine-Button-root, input')
          );
        })
        .map((node) => node.outerHTML.slice(0, 120)),
    );
    expect(left).toEqual([]);
  });

  it('has all of its charts and tables, none of them cut', async () => {
    const { page } = site;
    await page.setViewportSize(PAPER);
    const cut = await page.evaluate(() => {
      const { clientWidth } = document.documentElement;
      const shown = [
        ...document.querySelectorAll<HTMLElement>(
          'svg, table, canvas, pre, [role=log], .wb-scroll',
        ),
      ];
      return shown
        .filter((node) => node.checkVisibility() && node.getClientRects().length > 0)
        .filter((node) => {
          const { left, right } = node.getBoundingClientRect();
          const { overflowX } = getComputedStyle(node);
          const scrolls = overflowX !== 'visible' && node.scrollWidth > node.clientWidth + 1;
          return left < -1 || right > clientWidth + 1 || scrolls;
        })
        .map((node) => `${node.outerHTML.slice(0, 100)} ${node.getBoundingClientRect().right}`);
    });
    expect(cut).toEqual([]);
  });

  it('takes a few sheets, and no chart lies on two of them', async () => {
    const { page } = site;
    await page.setViewportSize({ width: 1280, height: 800 });
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(2);
    expect(pages).toBeLessThanOrEqual(8);
    const breaks = await page.evaluate(() =>
      [...document.querySelectorAll('.recharts-wrapper')].map(
        (chart) => getComputedStyle(chart).breakInside,
      ),
    );
    expect(breaks.length).toBeGreaterThan(0);
    expect(new Set(breaks)).toEqual(new Set(['avoid']));
  });
});
