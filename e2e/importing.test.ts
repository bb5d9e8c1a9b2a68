import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNpy, encodeNpz } from '../src/formats/testing/npyFiles.ts';
import { csvRow } from '../src/formats/testing/smallSets.ts';
import { button, chooseFiles, region, waitForPhase } from './support/actions.ts';
import { dropFiles, pasteFile } from './support/dropping.ts';
import { encodePng } from './support/png.ts';
import { openSite, type Site } from './support/site.ts';

/** Rows of a CSV file, two classes in turn, all different by `salt`. */
const rows = (count: number, salt: number) =>
  Array.from({ length: count }, (_, i) => csvRow(i % 2, (p) => (p + i * salt) % 256)).join('\n');
const png = (brightness: number) => encodePng(16, 16, (x, y) => (brightness + x * y) % 256);
const pictures = {
  'ant/1.png': png(10),
  'ant/2.png': png(20),
  'bee/1.png': png(30),
  'bee/2.png': png(40),
};

describe('a data set is brought in', () => {
  let site: Site;
  let folder: string;
  const put = async (name: string, content: Uint8Array | string) => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  };
  const panel = () => region(site.page, 'Dataset');
  const kept = () => panel().getByRole('list', { name: 'Kept data sets' });
  const named = async (name: string) => {
    await site.page.waitForFunction((wanted) => {
      const { dataset, phase } = window.workbench.state();
      return phase === 'idle' && dataset.status === 'ready' && dataset.summary.name === wanted;
    }, name);
    return site.page.evaluate(() => {
      const { dataset } = window.workbench.state();
      return dataset.status === 'ready' ? dataset.summary : undefined;
    });
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-e2e-'));
    site = await openSite('?engine=wasm&threads=1&arch=lenet5&batch=10&lang=en');
    await waitForPhase(site.page, 'idle');
  });
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('by the button, as arrays of NumPy', async () => {
    const images = Uint8Array.from({ length: 24 * 784 }, (_, i) => (i * 7) % 256);
    const arrays = {
      x_train: encodeNpy([20, 28, 28], images.subarray(0, 20 * 784)),
      y_train: encodeNpy(
        [20],
        Uint8Array.from({ length: 20 }, (_, i) => i % 4),
      ),
      x_test: encodeNpy([4, 28, 28], images.subarray(20 * 784)),
      y_test: encodeNpy([4], Uint8Array.of(0, 1, 2, 3)),
    };
    await chooseFiles(site.page, 'Import dataset', [await put('small.npz', encodeNpz(arrays))]);
    expect(await named('small')).toMatchObject({
      ...{ trainCount: 19, validationCount: 1, testCount: 4 },
      classNames: ['0', '1', '2', '3'],
    });
  });

  it('by the button, as a zip file of pictures', async () => {
    const zip = await put('insects.zip', zipSync(pictures));
    await chooseFiles(site.page, 'Import dataset', [zip]);
    expect(await named('insects')).toMatchObject({ trainCount: 3, classNames: ['ant', 'bee'] });
  });

  it('by dropping a file', async () => {
    const path = await put('dropped.csv', rows(20, 3));
    await dropFiles(site.page, button(site.page, 'Import dataset'), [path]);
    expect(await named('dropped')).toMatchObject({ trainCount: 19, classNames: ['0', '1'] });
  });

  it('by dropping a folder, whose folders are the classes', async () => {
    for (const [name, content] of Object.entries(pictures)) await put(`dropping/${name}`, content);
    await dropFiles(site.page, button(site.page, 'Import dataset'), [join(folder, 'dropping')]);
    expect(await named('dropping')).toMatchObject({ trainCount: 3, classNames: ['ant', 'bee'] });
  });

  it('by choosing a folder, which holds the same pictures and so is the same set', async () => {
    for (const [name, content] of Object.entries(pictures)) await put(`chosen/${name}`, content);
    await chooseFiles(site.page, 'Import folder', [join(folder, 'chosen')]);
    expect(await named('chosen')).toMatchObject({ trainCount: 3, classNames: ['ant', 'bee'] });
    await kept().getByText('chosen').waitFor();
    expect(await kept().getByText('dropping').count()).toBe(0);
  });

  it('by pasting a file', async () => {
    await pasteFile(button(site.page, 'Import dataset'), 'pasted.csv', rows(20, 5));
    expect(await named('pasted')).toMatchObject({ trainCount: 19 });
  });

  it('or not, where that is cancelled halfway', async () => {
    const row = csvRow(1, () => 123);
    const long = await put('long.csv', `${row}\n`.repeat(60_000));
    // A hand would come too late where the file is read in half a second.
    await panel().evaluate((element) => {
      const observer = new MutationObserver(() => {
        const buttons = [...element.querySelectorAll('button')];
        const cancel = buttons.find(({ textContent }) => textContent === 'Cancel');
        if (!cancel) return;
        observer.disconnect();
        cancel.click();
        Object.assign(window, { hasCancelled: true });
      });
      observer.observe(element, { childList: true, subtree: true });
    });
    await chooseFiles(site.page, 'Import dataset', [long]);
    await site.page.waitForFunction(() => Reflect.get(window, 'hasCancelled'));
    expect(await named('pasted')).toMatchObject({ trainCount: 19 });
    expect(await kept().getByText('long').count()).toBe(0);
  });

  it('and keeps the names and the split that the user gave it, when it is imported again', async () => {
    await button(site.page, 'Name classes').click();
    await site.page.getByLabel('Names of the classes').fill('left\nright');
    await button(site.page, 'Save names').click();
    await site.page.getByLabel('Names of the classes').waitFor({ state: 'detached' });
    await button(site.page, 'Look at the images').click();
    await panel().getByLabel('Validation images').fill('5');
    await panel().getByText('the other 15 are for training').waitFor();
    await button(site.page, 'Hide the images').click();

    await panel().getByRole('button', { name: 'Use dropped', exact: true }).click();
    expect(await named('dropped')).toMatchObject({ trainCount: 19, classNames: ['0', '1'] });
    await chooseFiles(site.page, 'Import dataset', [await put('pasted.csv', rows(20, 5))]);
    expect(await named('pasted')).toMatchObject({
      ...{ trainCount: 15, validationCount: 5, classNames: ['left', 'right'] },
    });
  });

  it('is deleted, and comes back where that is undone', async () => {
    await button(site.page, 'Delete chosen').click();
    await kept().getByText('chosen').waitFor({ state: 'detached' });
    await button(site.page, 'Restore').click();
    await kept().getByText('chosen').waitFor();
    await panel().getByRole('button', { name: 'Use chosen', exact: true }).click();
    expect(await named('chosen')).toMatchObject({ trainCount: 3 });
  });

  it('and nothing of it is sent anywhere', () => {
    expect(site.complaints).toEqual([]);
  });
});
