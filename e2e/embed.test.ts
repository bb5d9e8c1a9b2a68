import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { unzipSync } from 'fflate';
import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../scripts/lib/findBrowser.mjs';
import { launch } from '../scripts/lib/launch.mjs';
import { inProject } from '../scripts/lib/paths.mjs';
import { buildArchitecture } from '../src/domain/architecture/architecture.ts';
import type { Predictor, Reading } from '../src/embed/predict.ts';
import { importModel } from '../src/formats/weights/importModel.ts';
import { SAMPLE_TOLERANCE } from '../src/formats/weights/samples.ts';
import { inferAlone } from '../src/training/threaded/inferAlone.ts';
import { waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

declare global {
  interface Window {
    embedded: typeof import('../src/embed/predict.ts');
  }
}

const STEPS = 4;
const IMAGES = 10;
const SIDE = 28;
const FOLDER = '/some/where/digits/';

/** A host that knows of files what their names say, and of WebAssembly nothing. */
function bareHost(files: Readonly<Record<string, Uint8Array>>): Server {
  const types: Record<string, string> = { html: 'text/html', js: 'text/javascript' };
  return createServer(({ url = '' }, response) => {
    const name = url.startsWith(FOLDER) ? url.slice(FOLDER.length) || 'index.html' : '';
    const content = files[name];
    const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    response.writeHead(content ? 200 : 404, { 'content-type': type }).end(content);
  });
}

describe('a network in a page of one’s own', () => {
  let site: Site;
  let zip: Uint8Array;
  let images: Uint8Array;
  let host: Server;
  let browser: BrowserContext;
  let page: Page;
  const complaints: string[] = [];

  const imageAt = (index: number) =>
    images.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE);

  beforeAll(async () => {
    site = await openSite(
      `?engine=wasm&threads=1&arch=lenet5&batch=50&steps=${STEPS}&validation=30&lang=en`,
    );
    await waitForPhase(site.page, 'idle');
    await site.page.evaluate(() => window.workbench.train());
    await site.page.waitForFunction((last) => window.workbench.state().run?.step === last, STEPS);
    await waitForPhase(site.page, 'idle');
    const bytes = await site.page.evaluate(async () => [
      ...(await window.workbench.exportWeights('embed')).bytes,
    ]);
    zip = Uint8Array.from(bytes);
    const mnist = await readFile(inProject('public/mnist/t10k-images-idx3-ubyte.gz'));
    images = new Uint8Array(gunzipSync(mnist)).subarray(16, 16 + IMAGES * SIDE * SIDE);

    host = bareHost(unzipSync(zip));
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const { port } = host.address() as AddressInfo;
    browser = await launch(await findBrowser());
    page = browser.pages()[0] ?? (await browser.newPage());
    browser.on('weberror', (web) => complaints.push(String(web.error())));
    browser.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${port}${FOLDER}`);
    const content =
      'import * as embedded from "./predict.js"; Object.assign(window, { embedded });';
    await page.addScriptTag({ type: 'module', content });
    await page.waitForFunction(() => window.embedded !== undefined);
  });
  afterAll(async () => {
    await browser?.close();
    host?.close();
    await site?.close();
  });

  /** What the module makes of all images, by this engine. */
  const readBy = (engine: 'auto' | 'webgpu' | 'wasm') =>
    page.evaluate(
      async ([wanted, all, side]) => {
        const predictor: Predictor = await window.embedded.load({ engine: wanted });
        const readings: (Omit<Reading, 'prepared'> & { prepared: number[] })[] = [];
        for (let from = 0; from < all.length; from += side * side) {
          const rgba = all.slice(from, from + side * side).flatMap((v) => [v, v, v, 255]);
          const picture = new ImageData(Uint8ClampedArray.from(rgba), side, side);
          const reading = await predictor.predict(picture);
          readings.push({ ...reading, prepared: [...reading.prepared] });
        }
        return { engine: predictor.engine, readings };
      },
      [engine, [...images], SIDE] as const,
    );

  /** The same of the workbench: of its page what is shown, and of its kernels the logits. */
  const readByWorkbench = async (index: number) => {
    const { prepared, probabilities, label } = await site.page.evaluate(
      async ([pixels, side]) => {
        const picture = { name: 'image', width: side, height: side, ink: 'auto' as const };
        const read = await window.workbench.predict({
          ...picture,
          pixels: Uint8Array.from(pixels),
        });
        return { ...read, prepared: [...read.prepared] };
      },
      [[...imageAt(index)], SIDE] as const,
    );
    const { architecture, scaling, tensors } = await importModel('embed.zip', zip);
    const kernels = await readFile(inProject('src/engine/wasm/generated/kernels.wasm'));
    const scaled = Float32Array.from(prepared, (byte) => (byte - scaling.offset) * scaling.factor);
    const logits = await inferAlone(
      await WebAssembly.compile(kernels),
      buildArchitecture(architecture),
      ...([tensors, scaled] as const),
    );
    return { prepared, probabilities, label, logits: [...logits] };
  };

  it('reads images as the workbench does, to the bit, from a bare host under a path', async () => {
    const { engine, readings } = await readBy('auto');
    // Here a processor plays the GPU, which is not taken for one.
    expect(engine).toBe('wasm');
    expect(readings).toHaveLength(IMAGES);
    for (const [index, reading] of readings.entries()) {
      const known = await readByWorkbench(index);
      expect(reading.prepared).toEqual(known.prepared);
      expect(reading.logits).toEqual(known.logits);
      expect(reading.label).toBe(known.label);
      for (const [i, share] of reading.probabilities.entries()) {
        expect(share).toBeCloseTo(known.probabilities[i] ?? Number.NaN, 6);
      }
    }
  });

  it('reads them on WebGPU too', async () => {
    const [onGpu, onProcessor] = [await readBy('webgpu'), await readBy('wasm')];
    expect([onGpu.engine, onProcessor.engine]).toEqual(['webgpu', 'wasm']);
    const largest = Math.max(...onProcessor.readings.flatMap(({ logits }) => logits.map(Math.abs)));
    for (const [index, { logits, label }] of onGpu.readings.entries()) {
      const known = onProcessor.readings[index];
      expect(label).toBe(known?.label);
      for (const [i, logit] of logits.entries()) {
        const difference = Math.abs(logit - (known?.logits[i] ?? Number.NaN));
        expect(difference).toBeLessThan(SAMPLE_TOLERANCE * largest);
      }
    }
  });

  it('says what it reads in the example, of what is drawn there, and is accessible', async () => {
    const reading = page.getByRole('status');
    const sheet = page.getByRole('img', { name: 'Drawing canvas' });
    const box = (await sheet.boundingBox()) ?? expect.fail();
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.2 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.8 * box.height, { steps: 8 });
    await page.mouse.up();
    await reading.getByText(/^It reads \d \(\d+ %\)[.]$/).waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await reading.textContent()).toBe('');
    expect(complaints).toEqual([]);
  });

  it('comes back into the workbench as the same model', async () => {
    const imported = await site.page.evaluate(
      async (bytes) => {
        const file = new File([Uint8Array.from(bytes)], 'embed.zip');
        await window.workbench.importWeights(file);
        return window.workbench.state().run?.step;
      },
      [...zip],
    );
    expect(imported).toBe(STEPS);
  });
});
