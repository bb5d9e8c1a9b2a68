import { afterEach, describe, expect, it } from 'vitest';
import { button, phaseOf, waitForPhase } from '../support/actions.ts';
import { openSite, type Site } from '../support/site.ts';
import { beforeWorker } from '../support/workerPrelude.ts';
import { expectNoComplaints, noticesOf, workerOf } from './training.ts';

const MEBIBYTE = 2 ** 20;
/** What the page has to say must stand there so long after its worker began to load. */
const SAID_WITHIN_S = 2;

let site: Site;
afterEach(() => site?.close());

/** In the worker: WebGPU is there, but no adapter. */
function hideAdapters(): void {
  GPU.prototype.requestAdapter = async () => null;
}

/** In the worker: an adapter of modest limits, and the size of every buffer that is asked for. */
function limitAdapter(bytes: number): void {
  const limits = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, 'limits');
  const small = { maxStorageBufferBindingSize: bytes, maxBufferSize: 2 * bytes };
  Object.defineProperty(GPUAdapter.prototype, 'limits', {
    get() {
      const own = limits?.get?.call(this);
      return new Proxy(own, {
        get: (_, name) => Reflect.get(small, name) ?? Reflect.get(own, name),
      });
    },
  });
  const sizes: number[] = [];
  Object.assign(globalThis, { sizes });
  const create = GPUDevice.prototype.createBuffer;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    sizes.push(descriptor.size);
    return create.call(this, descriptor);
  };
}

/** Opens the page, and gives the seconds from its worker's start until this sentence stood there. */
async function openAndRead(address: string, sentence: string): Promise<number> {
  site = await openSite(
    address,
    {},
    {
      prepare: async (page) => {
        await beforeWorker(page, hideAdapters, 0);
        await page.addInitScript((text) => {
          window.Worker = new Proxy(Worker, {
            construct(target, args: ConstructorParameters<typeof Worker>) {
              Object.assign(window, { startedAt: performance.now() });
              return new target(...args);
            },
          });
          new MutationObserver((_, observer) => {
            if (!document.body?.textContent?.includes(text)) return;
            Object.assign(window, { saidAt: performance.now() });
            observer.disconnect();
          }).observe(document, { childList: true, subtree: true, characterData: true });
        }, sentence);
      },
    },
  );
  await site.page.waitForFunction(() => Reflect.get(window, 'saidAt') !== undefined);
  return site.page.evaluate(
    () => (Reflect.get(window, 'saidAt') - Reflect.get(window, 'startedAt')) / 1000,
  );
}

describe('where no adapter answers', () => {
  const fault = { case: 6, words: 'no adapter answers' };

  it('WebAssembly trains, and the page says why', async ({ task }) => {
    const seconds = await openAndRead('?lang=en', 'WebGPU is here, but no adapter answered.');
    await waitForPhase(site.page, 'idle');
    const engine = await site.page.evaluate(() => window.workbench.state().engine);
    expect(engine).toMatchObject({ name: 'wasm', reason: 'noAdapter' });
    expect(seconds).toBeLessThan(SAID_WITHIN_S);
    const figures = { injected: 1, survived: 1, worstRecoverySeconds: seconds };
    task.meta.fault = { ...fault, ...figures };
    expectNoComplaints(site);
  });

  it('an engine that was asked for is refused in words, and not changed', async ({ task }) => {
    const sentence = 'The engine webgpu cannot start on this machine: no WebGPU adapter answered.';
    const seconds = await openAndRead('?engine=webgpu&lang=en', sentence);
    expect(await phaseOf(site.page)).toBe('failed');
    expect(await site.page.evaluate(() => window.workbench.state().engine)).toBeUndefined();
    const figures = { injected: 1, survived: 1, worstRecoverySeconds: seconds };
    task.meta.fault = { ...fault, ...figures };
    expectNoComplaints(site);
  });
});

describe('where the adapter is software', () => {
  it('WebAssembly is proposed, with the time that both take, and WebGPU allowed', async ({
    task,
  }) => {
    site = await openSite('?lang=en');
    const { page } = site;
    await waitForPhase(page, 'idle');
    const engine = () => page.evaluate(() => window.workbench.state().engine);
    expect(await engine()).toMatchObject({ name: 'wasm', reason: 'softwareAdapter' });
    await button(page, 'Engine: WebAssembly. Choose another').click();
    for (const name of [/^WebGPU/, /^WebAssembly/]) {
      const item = page.getByRole('menuitemradio', { name });
      const ofItem = item.filter({ hasText: /This recipe takes about .*\d.* there/ });
      // The estimate comes with a chunk of its own, after the menu.
      await expect.poll(() => ofItem.count()).toBe(1);
    }
    await page.getByRole('menuitemradio', { name: /^WebGPU/ }).click();
    await expect.poll(async () => (await engine())?.name).toBe('webgpu');
    await waitForPhase(page, 'idle');
    task.meta.fault = { case: 7, words: 'the adapter is software', injected: 1, survived: 1 };
    expectNoComplaints(site);
  });
});

describe('where the adapter allows buffers of 128 MiB', () => {
  it('a layer that does not fit is refused before it is allocated, with the width that fits', async ({
    task,
  }) => {
    site = await openSite(
      '?engine=webgpu&width=1&batch=500&tune=off&lang=en',
      {},
      { prepare: (page) => beforeWorker(page, limitAdapter, 128 * MEBIBYTE) },
    );
    const { page } = site;
    await waitForPhase(page, 'idle');
    await button(page, 'Train').click();
    await page
      .getByText('The layer conv1 needs a buffer of 151 MB, and this GPU allows 134 MB.')
      .waitFor({ timeout: 60_000 });
    const words = page.getByText('The largest width that fits is 0.5, the largest batch 445');
    expect(await words.count()).toBe(1);
    await waitForPhase(page, 'idle');
    const largest = await workerOf(page).evaluate(() =>
      Math.max(...(Reflect.get(globalThis, 'sizes') as number[])),
    );
    expect(largest).toBeLessThanOrEqual(128 * MEBIBYTE);
    expect(await noticesOf(page)).toEqual(['engine.notTrainable']);
    task.meta.fault = { case: 8, words: 'limits of 128 and 256 MiB', injected: 1, survived: 1 };
    expectNoComplaints(site);
  });
});
