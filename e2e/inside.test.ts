import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, waitForPhase } from './support/actions.ts';
import { draw, one } from './support/drawing.ts';
import { openSite, type Site } from './support/site.ts';

/** Training, drawing, and the way from the network to one of its numbers. */
describe('looking inside', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite('?engine=wasm&arch=lenet5&steps=40&batch=50&interval=40&validation=200');
    await waitForPhase(site.page, 'idle');
  }, 120_000);
  afterAll(() => site?.close());

  const layer = (name: string) =>
    site.page.getByRole('region', { name: `Layer ${name}`, exact: true });

  it('shows the network before there is one, and then what it makes of a drawing', async () => {
    const { page } = site;
    const inside = page.getByRole('region', { name: 'Inside', exact: true });
    await inside.getByText(/never seen a digit/).waitFor();
    await button(page, 'Train').click();
    await inside.getByText(/images seen/).waitFor();
    await page.waitForFunction(() => window.workbench.state().run?.step === 40, undefined, {
      timeout: 120_000,
    });
    await waitForPhase(page, 'idle');
    await draw(page, one);
    await inside.getByText('your drawing').waitFor();
    await inside.getByText(/^2,000 images seen/).waitFor();
  }, 200_000);

  it('opens a layer by the keyboard alone, and a unit of it, whose field lies on the drawing', async () => {
    const { page } = site;
    await page.getByRole('button', { name: /^conv1: 28 × 28 × 6/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await layer('conv2').waitFor();
    expect(new URL(page.url()).hash).toBe('#layer/conv2');

    await page.evaluate(() => {
      location.hash = '#layer/conv2?map=0&at=4,4';
    });
    await layer('conv2')
      .getByText(/^Map 0, row 4, column 4: /)
      .waitFor();
    await layer('conv2').getByRole('application', { name: 'Map 0: the arrow keys' }).focus();
    for (const way of ['Up', 'Left', 'Right', 'Down', 'Down']) {
      await page.keyboard.press(`Arrow${way}`);
    }
    await layer('conv2')
      .getByText(/^Map 0, row 5, column 4: /)
      .waitFor();
    expect(new URL(page.url()).hash).toBe('#layer/conv2?map=0&at=5,4');
    await layer('conv2').getByText('Framed on the input: what this unit sees.').waitFor();
    await layer('conv2')
      .getByRole('row', { name: /^together/ })
      .waitFor();

    await page.keyboard.press('Escape');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toMatch(/^conv2: /);
  }, 120_000);

  it('follows the pointer from unit to unit', async () => {
    const { page } = site;
    await page.getByRole('button', { name: /^conv2: / }).click();
    const map = layer('conv2').getByRole('application', { name: /^Map \d+: the arrow keys/ });
    const box = await map.boundingBox();
    if (!box) throw new Error('The map is not visible.');
    const { width, height } = box;
    // It waits until what slides in has come to rest.
    await map.hover({ position: { x: 0.05 * width, y: 0.05 * height } });
    await layer('conv2')
      .getByText(/^Map \d+, row 0, column 0: /)
      .waitFor();
    await map.hover({ position: { x: 0.95 * width, y: 0.95 * height } });
    await layer('conv2')
      .getByText(/^Map \d+, row 9, column 9: /)
      .waitFor();
  }, 120_000);

  it('finds the pieces of validation images that excite a filter most', async () => {
    await button(site.page, 'Look through validation images').click();
    const pieces = layer('conv2').getByRole('list', { name: /^What excites filter \d+ most$/ });
    await pieces.waitFor({ timeout: 120_000 });
    expect(await pieces.getByRole('img', { name: /^\d, validation image / }).count()).toBe(9);
  }, 150_000);

  it('goes back by the way that one came', async () => {
    const { page } = site;
    await page.goBack();
    await layer('conv2').waitFor({ state: 'detached' });
  }, 60_000);

  it('shows what the network makes of a mistake, why, and the way back to the mistakes', async () => {
    const { page } = site;
    await button(page, 'Evaluate').click();
    const gallery = page.getByRole('list', { name: 'Test images', exact: true });
    const mistake = gallery.getByRole('link').first();
    await mistake.click({ timeout: 120_000 });
    const inside = page.getByRole('region', { name: 'Inside', exact: true });
    await inside.getByText(/^test image [\d,]+: \d$/).waitFor();
    await page.getByRole('button', { name: /^7: .*Why\?$/ }).click();
    await inside.getByRole('img', { name: /what speaks for 7/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Back to the mistakes', exact: true }).click();
    await page.waitForFunction(() => location.hash === '#evaluation');
    await mistake.waitFor();
  }, 200_000);
});
