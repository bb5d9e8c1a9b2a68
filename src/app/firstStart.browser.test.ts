import { afterEach, describe, expect, it } from 'vitest';
import { isResting } from '../protocol/phases.ts';
import { tinyRecipe } from '../training/testing/tinyRun.ts';
import { type Client, createClient } from './client.ts';
import { createWorkbenchStore } from './store.ts';

let workers: Worker[] = [];
afterEach(() => {
  for (const worker of workers) worker.terminate();
  workers = [];
});

/** Ends a worker as a crash does, before it has said a word. */
function end(worker: Worker): void {
  worker.terminate();
  queueMicrotask(() => worker.dispatchEvent(new ErrorEvent('error', { message: 'ended' })));
}

/** A page of which so many workers end before their start is answered. */
async function open(crashes: number): Promise<Client> {
  const store = createWorkbenchStore(tinyRecipe, 'wasm');
  const makeWorker = () => {
    const worker = new Worker(new URL('../worker/entry.ts', import.meta.url), { type: 'module' });
    workers.push(worker);
    if (workers.length <= crashes) end(worker);
    return worker;
  };
  const client = createClient(makeWorker, store, true);
  await client.start({ engine: 'wasm', siteUrl: location.href, tuning: 'off', threads: 1 });
  return client;
}

const codesOf = (client: Client) => client.state().notices.map(({ code }) => code);

describe('a worker that ends before its first start is answered', () => {
  it('makes room for another, and the page says so and works', async () => {
    const client = await open(1);
    expect(client.state().phase).not.toBe('failed');
    expect(codesOf(client)).toEqual(['worker.failed']);
    expect(await client.selectEngine('cpu')).toMatchObject({ name: 'cpu' });
    // What befalls that one later is mended too.
    const [, second] = workers;
    if (second) end(second);
    await expect.poll(() => workers.length).toBe(3);
    // Paused where the browser's one database has an unfinished run.
    await expect.poll(() => isResting(client.state().phase), { timeout: 20_000 }).toBe(true);
  });

  it('is not followed by more than one, and the reason is told once', async () => {
    const client = await open(5);
    expect(client.state().phase).toBe('failed');
    expect(codesOf(client)).toEqual(['worker.failed']);
    expect(workers).toHaveLength(2);
  });
});
