import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, chooseFiles, region, waitForPhase } from './support/actions.ts';
import { draw, one, zero } from './support/drawing.ts';
import { openSite, type Site } from './support/site.ts';

const STEPS = 30;

describe('the drawings that one has labelled', () => {
  let site: Site;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-e2e-'));
    site = await openSite(
      `?engine=wasm&threads=1&arch=lenet5&batch=100&steps=${STEPS}&validation=30&lang=en`,
    );
    page = site.page;
    await waitForPhase(page, 'idle');
    await button(page, 'Train').click();
    await page.waitForFunction((last) => window.workbench.state().run?.step === last, STEPS);
    await waitForPhase(page, 'idle');
  });
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const panel = () => region(page, 'Draw');
  const kept = () => panel().getByRole('list', { name: 'Your drawings' }).getByRole('listitem');
  const labels = () =>
    page.evaluate(() => window.workbench.state().drawings.map(({ className }) => className));
  const runIds = () => page.evaluate(() => window.workbench.state().runs.map(({ id }) => id));
  const currentRun = () => page.evaluate(() => window.workbench.state().run?.record.id);
  /** Enough for a fine-tuning on a machine that is busy with something else too. */
  const said = (words: string | RegExp) => panel().getByText(words).waitFor({ timeout: 120_000 });

  it('are kept under the name that one presses, by button or key, and clear the surface', async () => {
    await draw(page, zero);
    await button(page, 'Keep as 0').click();
    await said('Kept as 0.');
    expect(await button(page, 'Clear').isDisabled()).toBe(true);

    await draw(page, one);
    await page.keyboard.press('1');
    await said('Kept as 1.');
    expect(await kept().count()).toBe(2);
    expect(await labels()).toEqual(['0', '1']);
  });

  it('do not take keys that are typed elsewhere', async () => {
    await draw(page, one);
    await region(page, 'Recipe')
      .getByRole('textbox')
      .or(page.getByRole('spinbutton'))
      .first()
      .focus();
    await page.keyboard.press('1');
    expect(await labels()).toEqual(['0', '1']);
    await button(page, 'Clear').click();
  });

  it('can be taken back, and then the strokes are on the surface again', async () => {
    await draw(page, zero);
    await button(page, 'Keep as 7').click();
    await said('Kept as 7.');
    await button(page, 'Undo: do not keep the drawing').click();
    await said('Taken back.');
    expect(await labels()).toEqual(['0', '1']);
    expect(await button(page, 'Clear').isEnabled()).toBe(true);
    await button(page, 'Clear').click();
  });

  it('are scored by themselves, and the card of the run says so', async () => {
    await said(/^[0-2] of 2 right/);
    await said(/So few drawings give a rough figure/);
    await region(page, 'Runs')
      .getByText(/^Your drawings: [0-2] of 2 right/)
      .waitFor();
    await button(page, 'Score').click();
    await said(/^[0-2] of 2 right/);
  });

  it('are there after a reload', async () => {
    await page.reload();
    await waitForPhase(page, 'idle');
    await kept().nth(1).waitFor();
    expect(await labels()).toEqual(['0', '1']);
    await said(/^[0-2] of 2 right/);
  });

  it('can be removed with the keyboard, and brought back', async () => {
    await button(page, 'Remove this 1').focus();
    await page.keyboard.press('Enter');
    await page.getByText('1 drawing removed.').waitFor();
    expect(await labels()).toEqual(['0']);
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(focused).toBe('Remove this 0');
    await button(page, 'Restore').click();
    await expect.poll(labels).toEqual(['0', '1']);
  });

  it('go out as a file, and come back from it once', async () => {
    const downloading = page.waitForEvent('download');
    await button(page, 'Export drawings').click();
    const path = join(folder, 'drawings.json');
    await (await downloading).saveAs(path);
    await button(page, 'Remove all drawings').click();
    await page.getByText('2 drawings removed.').waitFor();
    expect(await labels()).toEqual([]);

    await chooseFiles(page, 'Import drawings', [path]);
    await said('2 drawings added.');
    expect(await labels()).toEqual(['0', '1']);
    await chooseFiles(page, 'Import drawings', [path]);
    await said('Drawings added: 0. There already: 2.');
    expect(await labels()).toEqual(['0', '1']);
  });

  it('stay as they are when another file is refused', async () => {
    const path = join(folder, 'letter.json');
    await writeFile(path, 'Dear reader, this is a letter.\n');
    await chooseFiles(page, 'Import drawings', [path]);
    await page
      .getByText(/letter\.json is not a file of drawings/)
      .first()
      .waitFor();
    expect(await labels()).toEqual(['0', '1']);
  });

  it('can be learned, or not after all: the network of before stays', async () => {
    const [former] = await runIds();
    await button(page, 'Fine-tune on my drawings').click();
    await button(page, 'Cancel fine-tuning').click();
    await page.waitForFunction(
      (id) =>
        window.workbench.state().run?.record.id === id && window.workbench.state().phase === 'idle',
      former,
    );
    await page.waitForFunction(() => window.workbench.state().runs.length === 1);

    await button(page, 'Fine-tune on my drawings').click();
    await said(/It has practised on these drawings/);
    await said(/that is practice, not a test/);
    expect(await runIds()).toHaveLength(2);
    const card = region(page, 'Runs').getByRole('article').filter({ hasText: 'fine-tuned on 2' });
    await card.getByText('fine-tuned on 2 of them').waitFor();

    await button(page, 'Back to the network before').click();
    await page.waitForFunction((id) => window.workbench.state().run?.record.id === id, former);
    expect(await currentRun()).toBe(former);
  });

  it('are scored for every run at once', async () => {
    await waitForPhase(page, 'idle');
    await draw(page, one);
    await button(page, 'Keep as 1').click();
    await said('Kept as 1.');
    await said(/^[0-3] of 3 right/);
    const lines = region(page, 'Runs').getByText(/^Your drawings: [0-3] of 3 right/);
    expect(await lines.count()).toBe(1);
    await button(page, 'Score every run').click();
    await lines.nth(1).waitFor();
    await waitForPhase(page, 'idle');
  });

  it.each(['en', 'zh-Hant'])('are there for everybody, in %s', async (language) => {
    const address = new URL(page.url());
    address.searchParams.set('lang', language);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(address.href);
    await waitForPhase(page, 'idle');
    await page.waitForFunction(() => window.workbench.state().drawnScore !== undefined);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });

  it('without a breach of the policy or an uncaught error', () => {
    expect(site.complaints).toEqual([]);
  });
});
