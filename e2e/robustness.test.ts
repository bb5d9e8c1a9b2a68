import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeIdx } from '../src/formats/testing/idxFiles.ts';
import { button, chooseFiles, region, waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

const trainImages = 60;
/** So many that testing them eight times can be cancelled in time. */
const testImages = 2500;
const side = 28;

/** A bar for each class, at a height of its own: a network that learns them sees where things lie. */
function pictures(count: number): Uint8Array {
  const pixels = new Uint8Array(count * side * side);
  for (let i = 0; i < count; i++) {
    const first = (i * side + 4 + 2 * (i % 10)) * side;
    pixels.fill(255, first + 4, first + side - 4);
  }
  return pixels;
}

describe('how sturdy a network is', () => {
  let site: Site;
  let folder: string;
  const evaluation = () => region(site.page, 'Evaluation');
  const table = () => evaluation().getByRole('table', { name: 'How sturdy is it?' });
  const datasetName = () =>
    site.page.evaluate(() => {
      const { dataset } = window.workbench.state();
      return dataset.status === 'ready' ? dataset.summary.name : undefined;
    });
  const report = () => site.page.evaluate(() => window.workbench.state().robustness);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-e2e-'));
    site = await openSite('?engine=wasm&arch=lenet5&steps=60&batch=20&lr=0.003&lang=en');
    const { page } = site;
    await waitForPhase(page, 'idle');
    const put = async (name: string, content: Uint8Array) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    };
    const files = [['train', trainImages] as const, ['t10k', testImages] as const];
    const paths = files.flatMap(([split, count]) => [
      put(`${split}-images-idx3-ubyte`, encodeIdx([count, side, side], pictures(count))),
      put(
        `${split}-labels-idx1-ubyte`,
        encodeIdx(
          [count],
          Uint8Array.from({ length: count }, (_, i) => i % 10),
        ),
      ),
    ]);
    await chooseFiles(page, 'Import dataset', await Promise.all(paths));
    await page.waitForFunction((count) => {
      const { dataset, phase } = window.workbench.state();
      return phase === 'idle' && dataset.status === 'ready' && dataset.summary.testCount === count;
    }, testImages);
    await page.evaluate(() => window.workbench.train());
    await waitForPhase(page, 'idle');
  });
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is told beside the plain figures where views are averaged', async () => {
    const { page } = site;
    await evaluation().getByRole('switch', { name: 'Average over shifted views' }).check();
    await button(page, 'Evaluate').click();
    await evaluation().getByText('Accuracy, mean of 5 views').waitFor({ timeout: 60_000 });

    const state = await page.evaluate(() => window.workbench.state().evaluation);
    const { accuracy, augmented } = state.status === 'done' ? state.evaluation : {};
    expect(augmented?.views).toBe(5);
    const words = await evaluation().textContent();
    expect(words).toContain(`Accuracy (top-1)${(100 * (accuracy ?? 0)).toFixed(2)}%`);
    expect(words).toContain(`mean of 5 views${(100 * (augmented?.accuracy ?? 0)).toFixed(2)}%`);
  });

  it('can be left unanswered: a test that is cancelled leaves no table and no complaint', async () => {
    const { page } = site;
    await button(page, 'Test sturdiness').click();
    await evaluation().getByRole('progressbar', { name: 'Sturdiness test progress' }).waitFor();
    await evaluation().getByRole('button', { name: 'Cancel' }).click();
    await waitForPhase(page, 'idle');

    expect(await report()).toBeUndefined();
    expect(await table().count()).toBe(0);
    expect(await page.evaluate(() => window.workbench.state().notices)).toEqual([]);
    // The evaluation that was there before is there still.
    expect(await evaluation().textContent()).toContain('mean of 5 views');
  });

  it('stands in a table: each test with its accuracy and what it costs', async () => {
    await button(site.page, 'Test sturdiness').click();
    await table().waitFor({ timeout: 60_000 });

    const rows = await table().getByRole('row').allInnerTexts();
    const { rows: measured = [] } = (await report()) ?? {};
    const intervals = rows.slice(1).map((row) => row.match(/95 %: [0-9.]+–[0-9.]+%/g)?.length);
    expect(intervals).toEqual([1, 1, 1, 1]);
    const withoutThem = rows.slice(1).map((row) => row.replace(/\s*95 %: [0-9.]+–[0-9.]+%/, ''));
    expect(withoutThem.map((row) => row.replaceAll(/\s*\t\s*/g, '\t'))).toEqual(
      [
        'As they are',
        'Turned by 15 degrees, both ways',
        'Scaled by 0.85',
        'Moved by 3 pixels, to each side',
      ].map((words, i) => {
        const { accuracy = Number.NaN, cost = Number.NaN } = measured[i] ?? {};
        const points = i === 0 ? '–' : (100 * cost).toFixed(2);
        return `${words}\t${(100 * accuracy).toFixed(2)}%\t${points}`;
      }),
    );
    const words = `Measured after step 60, each on the 2,500 test images of ${await datasetName()}.`;
    expect(await evaluation().textContent()).toContain(words);
    // What lies three pixels higher is another class.
    expect(measured[0]?.accuracy).toBeGreaterThan(0.9);
    expect(measured[3]?.cost).toBeGreaterThan(0.1);
  });

  it.each(['light', 'dark'] as const)('is readable by everybody, %s', async (colorScheme) => {
    const { page } = site;
    for (const size of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      const { violations } = await new AxeBuilder({ page }).include('#evaluation').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    }
  });

  it('sends nothing elsewhere', () => {
    expect(site.complaints).toEqual([]);
  });
});
