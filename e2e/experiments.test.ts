import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../src/util/assert.ts';
import { button, waitForPhase } from './support/actions.ts';
import { type Host, openSite, type Site } from './support/site.ts';
import { beforeWorker } from './support/workerPrelude.ts';

const STEPS = 40;
/** To train on; and so many of them, and of the others, to be measured on. */
const IMAGES = 500;
const MEASURED = 100;
const address = addressOf(STEPS, 10);
/** Long enough to be paused in the midst. */
const LONG = 800;

function addressOf(steps: number, checkpoint: number): string {
  return (
    `?engine=wasm&lang=en&arch=lenet5&batch=10&steps=${steps}&seed=3` +
    `&scaling=standard&validation=${MEASURED}&interval=${steps / 2}&checkpoint=${checkpoint}`
  );
}

const ablation = (page: Page) => page.getByRole('region', { name: 'Ablation', exact: true });
const results = (page: Page) => page.getByRole('region', { name: 'Results of the ablation' });
const said = (page: Page) => ablation(page).getByRole('status').first();

/** The cells of each row, its name first. */
const tableRows = (page: Page): Promise<string[][]> =>
  results(page)
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
    );

const state = (page: Page) => page.evaluate(() => window.workbench.state().ablation);

/** When each row of the ablation was begun; a row begun twice is there twice. */
const begun = (page: Page) =>
  page.evaluate(() =>
    window.workbench
      .state()
      .runs.flatMap(({ experiment, createdAt }) =>
        experiment ? [{ ...experiment, createdAt }] : [],
      )
      .sort((a, b) => a.createdAt - b.createdAt),
  );

/** On a machine with much else to do, a run of so few steps takes a minute with its measuring. */
const PATIENCE_MS = 150_000;

async function open(there: string, host: Host = {}): Promise<Site> {
  const site = await openSite(there, {}, host);
  site.page.setDefaultTimeout(PATIENCE_MS);
  await waitForPhase(site.page, 'idle', PATIENCE_MS);
  return site;
}

const stepOf = (page: Page) => page.evaluate(() => window.workbench.state().run?.step);

/** Types into the form of the ablation. */
async function fill(page: Page, wanted: { steps: number; images: number; seeds: number }) {
  await ablation(page).getByLabel('Steps of each run').fill(`${wanted.steps}`);
  await ablation(page).getByLabel('Images to train on').fill(`${wanted.images}`);
  await ablation(page).getByLabel('Seeds of each recipe').fill(`${wanted.seeds}`);
}

/** Leaves these ingredients of the form and takes all others out. */
async function choose(page: Page, wanted: readonly string[]) {
  for (const box of await ablation(page).getByRole('checkbox').all()) {
    const name = await box.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent);
    await box.setChecked(wanted.includes(name ?? ''));
  }
}

describe('an ablation that is left alone', { timeout: 3 * PATIENCE_MS }, () => {
  let site: Site;
  beforeAll(async () => {
    site = await open(address);
  });
  afterAll(() => site?.close());

  it('is begun by a button, with the network of the recipe, as long and as often as it is told', async () => {
    const { page } = site;
    await choose(page, ['Averaged weights']);
    await ablation(page)
      .getByText(/^9 runs \(3 recipes, 3 seeds\) of 500 steps: 1 epochs of 5,000 images\./)
      .waitFor();
    await fill(page, { steps: STEPS, images: IMAGES, seeds: 2 });
    await ablation(page)
      .getByText(/^6 runs \(3 recipes, 2 seeds\) of 40 steps: 0\.8 epochs of 500 images\. LeNet-5/)
      .waitFor();
    await ablation(page)
      .getByText(/In less than 3 epochs nothing can be learned by heart/)
      .waitFor();
    await button(page, 'Run ablation').click();
    await said(page)
      .getByText(/^Run 1 of 6: Seed recipe, seed 3/)
      .waitFor();
    expect(await state(page)).toMatchObject({
      status: 'running',
      frame: { architecture: 'lenet5', steps: STEPS, seed: 3, scaling: 'standard' },
      conditions: {
        ...{ dataset: { name: 'MNIST' }, engine: 'wasm' },
        ...{ trainingImages: IMAGES, heldBack: 60_000 - IMAGES },
      },
    });
  });

  it('waits where it was when the page was reloaded in its midst', async () => {
    const { page } = site;
    await said(page)
      .getByText(/^Run 2 of 6: \+ averaged weights, seed 3/)
      .waitFor();
    const before = at((await tableRows(page)).slice(1), 0);
    expect(before[0]).toBe('Seed recipe1 of 2 seeds');

    await page.reload();
    // On a slow machine the run in its midst was kept meanwhile, and is opened.
    await page.waitForFunction(() => ['idle', 'paused'].includes(window.workbench?.state().phase));

    await said(page).getByText('Paused after 1 of 6 runs.').waitFor();
    const rows = (await tableRows(page)).slice(1);
    expect(rows[0]).toEqual(before);
    expect(rows.slice(1).map((cells) => cells[1])).toEqual(['waits', 'waits']);
  });

  it('goes on with its own images, however the data set is divided meanwhile, and no others', async () => {
    const { page } = site;
    await page.evaluate(async (images) => {
      await window.workbench.loadDataset();
      await window.workbench.divideDataset(20_000);
      const [truth, other] = [new Uint8Array(images), new Uint8Array(images)];
      const idx = (
        magic: number,
        sides: readonly number[],
        bytes: Uint8Array<ArrayBuffer>,
        name: string,
      ) => {
        const header = new Uint8Array(4 * (1 + sides.length));
        for (const [i, value] of [magic, ...sides].entries()) {
          new DataView(header.buffer).setUint32(4 * i, value);
        }
        return new File([header, bytes], name);
      };
      const pixels = (count: number) => new Uint8Array(count * 28 * 28).map((_, i) => i % 251);
      await window.workbench.importDataset([
        idx(0x803, [images, 28, 28], pixels(images), 'train-images-idx3-ubyte'),
        idx(
          0x801,
          [images],
          truth.map((_, i) => i % 10),
          'train-labels-idx1-ubyte',
        ),
        idx(0x803, [images, 28, 28], pixels(images), 't10k-images-idx3-ubyte'),
        idx(
          0x801,
          [images],
          other.map((_, i) => i % 10),
          't10k-labels-idx1-ubyte',
        ),
      ]);
    }, 60);
    const before = await begun(page);
    await button(page, 'Continue the ablation').click();
    await page.getByText(/This ablation is of the data set MNIST/).waitFor();
    expect(await begun(page)).toEqual(before);
    await page.evaluate(async () => {
      await window.workbench.loadDataset();
      await window.workbench.divideDataset(20_000);
    });
  });

  it('goes on from there to its end, and trains nothing twice', async () => {
    const { page } = site;
    await button(page, 'Continue the ablation').click();
    await said(page)
      .getByText('Finished: 6 of 6 runs.')
      .waitFor({ timeout: 2 * PATIENCE_MS });

    const variants = (await begun(page)).map(({ variant }) => variant);
    const recipes = ['seed', 'averaging', 'improved'];
    expect(variants).toEqual([...recipes, ...recipes]);
    const rows = (await tableRows(page)).slice(1);
    expect(rows.map(([name]) => name)).toEqual([
      ...['Seed recipe', '+ averaged weights', 'Improved recipe'],
    ]);
    const points = '[+-]?\\d+\\.\\d\\d';
    for (const [, accuracy, difference, gap] of rows) {
      expect(accuracy).toMatch(/^\d+\.\d\d%± \d+\.\d\d-?\d+\.\d\d% to \d+\.\d\d%$/);
      expect(difference).toMatch(new RegExp(`^(–|${points}${points} to ${points})$`));
      expect(gap).toMatch(new RegExp(`^${points}${points} to ${points}$`));
    }
    expect(rows.map(([, , difference]) => difference === '–')).toEqual([true, false, false]);
    const kept = await state(page);
    const sizes = kept?.rows.map((row) =>
      row.status === 'done' ? [row.result.validation.images, row.result.training.images] : [],
    );
    expect(new Set(sizes?.flat())).toEqual(new Set([MEASURED]));
    const scalings = await page.evaluate(() =>
      window.workbench.state().runs.map(({ recipe }) => recipe.scaling),
    );
    expect(new Set(scalings)).toEqual(new Set(['standard']));
  });

  it('has a chart, and says which images were used', async () => {
    const { page } = site;
    const figure = ablation(page).getByRole('figure');
    await figure.getByText('Seed recipe', { exact: true }).waitFor();
    await figure.getByText('Improved recipe', { exact: true }).waitFor();
    await ablation(page)
      .getByText(/100 validation images.*test images stay untouched/)
      .waitFor();
  });

  it('can be taken away as a CSV file', async () => {
    const { page } = site;
    const downloading = page.waitForEvent('download');
    await button(page, 'Save the table as CSV').click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    expect(text.split('\n').map((line) => line.split(',').slice(0, 4).join())).toEqual([
      ...['variant,seed,status,steps', 'seed,3,done,40', 'averaging,3,done,40'],
      ...['improved,3,done,40', 'seed,4,done,40', 'averaging,4,done,40', 'improved,4,done,40', ''],
    ]);
  });

  for (const language of ['zh-Hant', 'en']) {
    it(`can be read by everybody, in ${language}`, async () => {
      const { page } = site;
      const there = new URL(site.url);
      there.searchParams.set('lang', language);
      await page.goto(there.href);
      await waitForPhase(page, 'idle');
      const section = page.locator('section[aria-labelledby="runs-ablation"]');
      await section.getByRole('table').waitFor();
      const { violations } = await new AxeBuilder({ page })
        .include('section[aria-labelledby="runs-ablation"]')
        .analyze();
      expect(
        violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
      ).toEqual([]);
    });
  }

  it('makes room for another one', async () => {
    const { page } = site;
    await button(page, 'Clear the rows').click();
    await button(page, 'Run ablation').waitFor();
    expect(await results(page).count()).toBe(0);
  });

  it('without a breach of the policy or an uncaught error', () => {
    expect(site.complaints).toEqual([]);
  });
});

describe('an ablation that meets trouble', { timeout: 3 * PATIENCE_MS }, () => {
  let site: Site;
  beforeAll(async () => {
    site = await open(addressOf(LONG, 100), { prepare: spoilElastic });
  });
  afterAll(() => site?.close());

  it('pauses, and stops, when it is told to', async () => {
    const { page } = site;
    await choose(page, ['Elastic distortion']);
    await fill(page, { steps: LONG, images: IMAGES, seeds: 1 });
    await button(page, 'Run ablation').click();
    await said(page)
      .getByText(/^Run 1 of 3: Seed recipe, seed 3, step [1-9]/)
      .waitFor();
    await button(page, 'Pause ablation').click();
    await said(page).getByText('Paused after 0 of 3 runs.').waitFor();
    await waitForPhase(page, 'paused');
    const step = await stepOf(page);

    await button(page, 'Stop ablation').click();
    await said(page).getByText('Stopped after 0 of 3 runs.').waitFor();
    await waitForPhase(page, 'idle');
    expect(step).toBeGreaterThan(0);
    expect(await stepOf(page)).toBe(step);
  });

  it('says why a run failed, and goes on with the next', async () => {
    const { page } = site;
    await button(page, 'Continue the ablation').click();
    await said(page)
      .getByText('Stopped after 2 of 3 runs.')
      .waitFor({ timeout: 2 * PATIENCE_MS });
    await said(page).getByText('Failed: 1; ').waitFor();

    const rows = (await tableRows(page)).slice(1);
    expect(rows[1]).toEqual(['+ elastic distortion', 'failed']);
    await ablation(page)
      .getByRole('list', { name: 'Failed runs' })
      .getByText(/^\+ elastic distortion, seed 3: .*refused/)
      .waitFor();
    expect(rows[0]?.[1]).toMatch(/%$/);
    expect(rows[2]?.[1]).toMatch(/%$/);
    // There is nothing left to go on with but what failed.
    expect(await button(page, 'Continue the ablation').count()).toBe(0);
    // The run that was stopped was gone on with.
    const variants = (await begun(page)).map(({ variant }) => variant);
    expect(variants).toEqual(['seed', 'improved']);
  });

  it('tries what failed again, once the cause is gone', async () => {
    const { page } = site;
    await page.unrouteAll();
    await page.reload();
    await waitForPhase(page, 'idle');
    await button(page, 'Try the failed runs again').click();
    await said(page)
      .getByText('Finished: 3 of 3 runs.')
      .waitFor({ timeout: 2 * PATIENCE_MS });
    expect((await tableRows(page))[2]?.[1]).toMatch(/%$/);
  });

  it('without a breach of the policy or an uncaught error', () => {
    expect(site.complaints).toEqual([]);
  });
});

/** Makes what the page asks for something that the worker refuses, in one row. */
function spoilElastic(page: Page) {
  return beforeWorker(
    page,
    (spoilt) => {
      self.addEventListener('message', ({ data }) => {
        const [recipe, options] = data?.argumentList ?? [];
        if (options?.value?.experiment?.variant === spoilt) recipe.value.learningRate = -1;
      });
    },
    'elastic',
  );
}
