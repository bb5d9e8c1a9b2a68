import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvRow } from '../src/formats/testing/smallSets.ts';
import {
  button,
  chooseFiles,
  exportWeights,
  progressOf,
  region,
  waitForPhase,
} from './support/actions.ts';
import { draw, one } from './support/drawing.ts';
import { openSite, type Site } from './support/site.ts';

const STEPS = 20;
const PATIENCE = { timeout: 60_000 };

/** As a teacher's machine serves a class: neither https nor localhost, so no secure context. */
describe('over plain http from another machine', () => {
  let site: Site;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-e2e-'));
    site = await openSite(
      `?arch=lenet5&batch=10&steps=${STEPS}&checkpoint=5&validation=100&lang=en`,
      {},
      { name: 'workbench.test' },
    );
    await waitForPhase(site.page, 'idle');
  });
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('the page opens with what such a page has', async () => {
    const has = await site.page.evaluate(() => ({
      secure: isSecureContext,
      ids: 'randomUUID' in crypto,
      hashes: 'subtle' in crypto,
      locks: 'locks' in navigator,
      engine: window.workbench.state().engine?.name,
    }));
    expect(has).toEqual({ secure: false, ids: false, hashes: false, locks: false, engine: 'wasm' });
  });

  it('trains and evaluates', async () => {
    const { page } = site;
    await button(page, 'Train').click();
    await page.waitForFunction((last) => window.workbench.state().run?.step === last, STEPS);
    await waitForPhase(page, 'idle');
    await button(page, 'Evaluate').click();
    await region(page, 'Evaluation').getByRole('table').first().waitFor();
  });

  it('reads a drawing, and keeps it', async () => {
    const { page } = site;
    await draw(page, one);
    await page.keyboard.press('1');
    await expect
      .poll(() => page.evaluate(() => window.workbench.state().drawings.length), PATIENCE)
      .toBe(1);
  });

  it('keeps the run, whole, over a reload', async () => {
    const { page } = site;
    await page.reload();
    await waitForPhase(page, 'idle');
    expect((await progressOf(page))?.step).toBe(STEPS);
    expect(await page.evaluate(() => window.workbench.state().runs.length)).toBe(1);
    expect((await exportWeights(page)).suggestedFilename()).toMatch(/safetensors$/);
  });

  it('imports a data set, and keeps it', async () => {
    const { page } = site;
    const path = join(folder, 'mine.csv');
    const rows = Array.from({ length: 20 }, (_, i) => csvRow(i % 2, (p) => (p + i * 31) % 256));
    await writeFile(path, rows.join('\n'));
    await chooseFiles(page, 'Import dataset', [path]);
    await expect
      .poll(() => page.evaluate(() => window.workbench.state().datasets.length), PATIENCE)
      .toBe(1);
  });

  it('lets one tab train at a time', async () => {
    const { page } = site;
    const other = await page.context().newPage();
    await other.goto(site.url);
    await waitForPhase(other, 'idle');
    await page.evaluate(() => window.workbench.loadDataset());
    await page.evaluate(() => window.workbench.setRecipe({ steps: 1_000_000 }));
    await button(page, 'Train').click();
    await waitForPhase(page, 'training');
    await button(other, 'Train').click();
    await other.getByText('Another tab of this page is training').waitFor();
    await page.close();
    await other.getByRole('button', { name: 'Train', exact: true }).click();
    await waitForPhase(other, 'training');
  });

  it('tells of nothing that did not work', async () => {
    expect(site.complaints).toEqual([]);
  });
});
