import { afterEach, describe, expect, it } from 'vitest';
import { isOffered } from '../protocol/phases.ts';
import type { Phase } from '../protocol/protocol.ts';
import { tinyRecipe } from '../training/testing/tinyRun.ts';
import { errorTexts } from '../util/errorTexts.ts';
import { type Client, createClient } from './client.ts';
import { createWorkbenchStore } from './store.ts';
import { tinyFiles } from './testing/tinyFiles.ts';

/** The phase in which each sentence is said that sends its reader to another engine. */
const saidIn: Readonly<Record<string, Phase>> = {
  'engine.unavailable': 'failed',
  'engine.gpuError': 'failed',
  'engine.bufferTooLarge': 'idle',
  'engine.heapTooSmall': 'idle',
  'engine.notTrainable': 'idle',
  'engine.threadFailed': 'idle',
};

const recipe = { ...tinyRecipe, architecture: 'lenet5', steps: 100_000 } as const;
let workers: Worker[] = [];
afterEach(() => {
  for (const worker of workers) worker.terminate();
  workers = [];
});

async function open(name: string, engine: 'webgpu'): Promise<Client> {
  const store = createWorkbenchStore(recipe, engine);
  const makeWorker = () => {
    const url = new URL('../worker/testing/faultyEntry.ts', import.meta.url);
    const worker = new Worker(url, { type: 'module', name });
    workers.push(worker);
    return worker;
  };
  const client = createClient(makeWorker, store, true);
  await client.start({ engine, siteUrl: location.href, tuning: 'off', threads: 1 });
  return client;
}

const bringImages = (client: Client) => client.importDataset(tinyFiles());

const codesOf = (client: Client) => client.state().notices.map(({ code }) => code);

describe('a sentence that sends its reader to another engine', () => {
  it('is said where another can be chosen', () => {
    const sending = Object.entries(errorTexts).filter(([, text]) =>
      text.includes('another engine'),
    );
    expect(sending.map(([code]) => code).sort()).toEqual(Object.keys(saidIn).sort());
    for (const [code, phase] of Object.entries(saidIn)) {
      expect(isOffered('selectEngine', phase), code).toBe(true);
    }
  });

  it('is true of an engine that did not start', async () => {
    const client = await open('no adapter', 'webgpu');
    expect(client.state().phase).toBe('failed');
    expect(codesOf(client)).toEqual(['engine.unavailable']);

    expect(await client.selectEngine('cpu')).toMatchObject({ name: 'cpu' });
    expect(client.state()).toMatchObject({ phase: 'idle', engineChoice: 'cpu' });
    await bringImages(client);
    await client.train({ steps: 1 });
    expect(codesOf(client)).toEqual(['engine.unavailable']);
  });

  it('is true of one that failed while a run waited in a pause, and the run goes on', async () => {
    const client = await open('with a GPU', 'webgpu');
    await bringImages(client);
    const trained = client.train();
    // The run that another test left is the one in memory until this one begins.
    await expect.poll(() => client.state().phase).toBe('training');
    await expect.poll(() => client.state().run?.step).toBeGreaterThan(0);
    await client.pause();
    const step = client.state().run?.step;
    expect(client.state().phase).toBe('paused');
    new BroadcastChannel('spoil the GPU').postMessage('');
    await expect(trained).rejects.toMatchObject({ code: 'engine.gpuError' });
    expect(client.state().phase).toBe('failed');

    expect(await client.selectEngine('cpu')).toMatchObject({ name: 'cpu' });
    expect(client.state()).toMatchObject({ phase: 'paused', run: { step } });
    const resumed = client.resume();
    await expect.poll(() => client.state().run?.step).toBeGreaterThan(step ?? 0);
    await client.stop();
    await resumed;
    expect(codesOf(client)).toEqual(['engine.gpuError']);
  });
});
