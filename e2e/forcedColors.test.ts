import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, region, waitForPhase } from './support/actions.ts';
import { changedShare, seenShare } from './support/contrast.ts';
import { draw, one } from './support/drawing.ts';
import { openSite, type Site } from './support/site.ts';

describe('where the system forces its colours', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(
      '?engine=wasm&arch=lenet5&steps=30&batch=20&interval=10&validation=100&lang=en',
      {
        ...{ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' },
      },
    );
    const { page } = site;
    await waitForPhase(page, 'idle');
    await page.evaluate(() => window.workbench.train());
    await page.evaluate(() => window.workbench.evaluate());
    await waitForPhase(page, 'idle');
    await draw(page, one);
  });
  afterAll(() => site?.close());

  /** What says something by its colour alone, and how much of its box has to be seen. */
  const meaningful = (): [string, Locator, number][] => {
    const { page } = site;
    const [training, evaluation, reader] = (['Training', 'Evaluation', 'Draw'] as const).map(
      (name) => region(page, name),
    ) as [Locator, Locator, Locator];
    const architecture = region(page, 'Architecture');
    return [
      [
        'curves of the loss',
        training.locator('.recharts-wrapper').first().locator('path.recharts-curve'),
        0.005,
      ],
      [
        'samples of the legend',
        training.getByRole('group', { name: 'Curves' }).locator('svg'),
        0.05,
      ],
      ['progress', training.locator('.mantine-Progress-section'), 0.5],
      ['the track of a switch', training.locator('.mantine-Switch-track'), 0.05],
      ['the thumb of a switch', training.locator('.mantine-Switch-thumb'), 0.2],
      ['how far a slider is', training.locator('.mantine-Slider-bar'), 0.3],
      ['the thumb of a slider', training.locator('.mantine-Slider-thumb'), 0.2],
      ['the chosen segment', architecture.locator('.mantine-SegmentedControl-indicator'), 0.3],
      ['shares of the layers', architecture.locator('table [style*="width"]'), 0.05],
      ['parts of the memory', architecture.locator('[data-memory]'), 0.1],
      ['images of the classes', region(page, 'Dataset').locator('li [style*="height"]'), 0.3],
      [
        'accuracy of the classes',
        evaluation.getByRole('list', { name: 'Accuracy by class' }).locator('li > [aria-hidden]'),
        0.05,
      ],
      [
        'probabilities',
        reader
          .getByRole('list', { name: 'Probability of each class' })
          .locator('[data-top="true"] [style*="width"]'),
        0.3,
      ],
    ];
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`all that colours mean can be seen, ${colorScheme}`, async () => {
      const { page } = site;
      await page.emulateMedia({ colorScheme, forcedColors: 'active', reducedMotion: 'reduce' });
      const unseen: string[] = [];
      for (const [words, elements, least] of meaningful()) {
        const all = await elements.all();
        const shares: number[] = [];
        for (const element of all) {
          const share = shares.length < 4 ? await seenShare(element) : undefined;
          if (share !== undefined) shares.push(share);
        }
        if (shares.length === 0) unseen.push(`${words}: there are none`);
        const faint = shares.filter((share) => share < least).map((share) => share.toFixed(3));
        if (faint.length > 0) unseen.push(`${words}: ${faint.join(', ')} of ${least}`);
      }
      expect(unseen).toEqual([]);
    });

    it(`what is drawn, chosen and in focus can be seen, ${colorScheme}`, async () => {
      const { page } = site;
      await page.emulateMedia({ colorScheme, forcedColors: 'active', reducedMotion: 'reduce' });
      /** Of this place, what doing so changes. */
      const change = async (element: Locator, act: () => Promise<unknown>, room = 0) => {
        await element.scrollIntoViewIfNeeded();
        const box = await element.boundingBox();
        if (!box) throw new Error('It is not on the page.');
        const clip = {
          ...{ x: box.x - room, y: box.y - room },
          ...{ width: box.width + 2 * room, height: box.height + 2 * room },
        };
        const before = await page.screenshot({ clip });
        await act();
        return changedShare(page, before, await page.screenshot({ clip }));
      };
      const canvas = page.getByLabel('Drawing canvas', { exact: true });
      expect(await change(canvas, () => button(page, 'Clear').click())).toBeGreaterThan(0.01);
      expect(await change(canvas, () => draw(page, one))).toBeGreaterThan(0.01);

      const cell = region(page, 'Evaluation').locator('[data-cell="1-7"]');
      expect(await change(cell, () => cell.click())).toBeGreaterThan(0.1);
      await cell.click();
      const train = button(page, 'Train');
      await train.evaluate(() => (document.activeElement as HTMLElement)?.blur());
      const focus = async () => {
        await page.keyboard.press('Tab');
        await train.focus();
      };
      expect(await change(train, focus, 6)).toBeGreaterThan(0.04);
      const toggle = region(page, 'Training').getByRole('switch').first();
      const track = region(page, 'Training').locator('.mantine-Switch-track').first();
      expect(await change(track, () => toggle.click())).toBeGreaterThan(0.2);
      await toggle.click();
    });
  }
});
