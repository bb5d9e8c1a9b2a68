import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recipe } from '../src/domain/recipe/recipe.ts';
import { encodeIdx } from '../src/formats/testing/idxFiles.ts';
import { cifarBatch, csvRow } from '../src/formats/testing/smallSets.ts';
import { button, chooseFiles, exportWeights, region, waitForPhase } from './support/actions.ts';
import { runCommandLine } from './support/commandLine.ts';
import { openSite, type Site } from './support/site.ts';

const images = 60;
/** Ten classes, each with its own brightness. */
const label = (i: number) => i % 10;
const pixels = (size: number) =>
  Uint8Array.from({ length: images * size }, (_, i) => 25 * label(Math.floor(i / size)));
const names = ['shirt', 'trouser', 'pullover', 'dress', 'coat'];

describe('data sets of any kind', () => {
  let site: Site;
  let folder: string;
  const put = async (name: string, content: Uint8Array | string) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const summary = () =>
    site.page.evaluate(() => {
      const { dataset } = window.workbench.state();
      return dataset.status === 'ready' ? dataset.summary : undefined;
    });
  const train = async (changes: Partial<Recipe> = {}) => {
    await site.page.evaluate(
      (some) => window.workbench.train({ architecture: 'lenet5', steps: 4, ...some }),
      changes,
    );
    await waitForPhase(site.page, 'idle');
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-e2e-'));
    site = await openSite('?engine=wasm&arch=lenet5&steps=4&batch=10&lang=en');
    await waitForPhase(site.page, 'idle');
  });
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('a CSV file is counted, kept, and there again after a reload', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => csvRow(label(i), (p) => (p + i) % 256));
    await chooseFiles(site.page, 'Import dataset', [await put('greys.csv', rows.join('\n'))]);
    await region(site.page, 'Dataset').getByText('in use').waitFor();
    expect(await summary()).toMatchObject({ name: 'greys', trainCount: 28, validationCount: 2 });

    await site.page.reload();
    await waitForPhase(site.page, 'idle');
    expect(await summary()).toMatchObject({ name: 'greys', trainCount: 28 });
  });

  it('a refused file leaves the set in place', async () => {
    await chooseFiles(site.page, 'Import dataset', [
      await put('letter.csv', 'Dear reader,\nhello'),
    ]);
    await site.page
      .getByText(/letter\.csv/)
      .first()
      .waitFor();
    expect(await summary()).toMatchObject({ name: 'greys' });
  });

  it('classes that the user names are named wherever they are read', async () => {
    const idx = (extents: readonly number[], data: ArrayLike<number>) => encodeIdx(extents, data);
    const labels = Uint16Array.from({ length: images }, (_, i) => label(i));
    const files = await Promise.all(
      ['train', 't10k'].flatMap((split) => [
        put(`${split}-images-idx3-ubyte`, idx([images, 28, 28], pixels(784))),
        put(`${split}-labels-idx1-ubyte`, idx([images], labels)),
      ]),
    );
    await chooseFiles(site.page, 'Import dataset', files);
    await site.page.waitForFunction(() => {
      const { dataset, phase } = window.workbench.state();
      return phase === 'idle' && dataset.status === 'ready' && dataset.summary.testCount === 60;
    });
    await train();
    await button(site.page, 'Name classes').click();
    await site.page.getByLabel('Names of the classes').fill(names.join('\n'));
    await button(site.page, 'Save names').click();
    await site.page.waitForFunction(
      () => window.workbench.state().run?.record.classNames[0] === 'shirt',
    );
    await button(site.page, 'Evaluate').click();
    await region(site.page, 'Evaluation').getByTitle('trouser').first().waitFor();
  });

  it('the command line predicts a file without labels into a submission', async () => {
    const weights = join(folder, 'weights.safetensors');
    await (await exportWeights(site.page)).saveAs(weights);
    const header = Array.from({ length: 784 }, (_, i) => `pixel${i}`).join(',');
    const row = new Array<number>(784).fill(100).join(',');
    const data = await put('test.csv', [header, row, row, row].join('\n'));
    const out = join(folder, 'submission.csv');
    const args = ['--weights', weights, '--data', data, '--out', out, '--engine', 'wasm'];
    const result = await runCommandLine('predict', args);
    expect(result.status, result.errors).toBe(0);
    expect(await readFile(out, 'utf8')).toMatch(/^ImageId,Label\n1,\S+\n2,\S+\n3,\S+\n$/);
  });

  it('colour images of CIFAR-10 train with three channels, mirrored and with varied light', async () => {
    const batch = cifarBatch(...Array.from({ length: 40 }, (_, i) => label(i)));
    await chooseFiles(site.page, 'Import dataset', [await put('data_batch_1.bin', batch)]);
    await site.page.waitForFunction(() => {
      const { dataset, phase } = window.workbench.state();
      return phase === 'idle' && dataset.status === 'ready' && dataset.summary.shape.channels === 3;
    });
    await train({ mirror: 'on', lighting: 0.1 });
    const run = await site.page.evaluate(() => window.workbench.state().run);
    expect(run).toMatchObject({
      step: 4,
      record: {
        architecture: { input: { channels: 3 } },
        recipe: { mirror: 'on', lighting: 0.1 },
      },
    });
  });

  it('sends nothing elsewhere', () => {
    expect(site.complaints).toEqual([]);
  });
});
