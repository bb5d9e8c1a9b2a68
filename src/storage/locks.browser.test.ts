import { afterEach, describe, expect, it } from 'vitest';
import { deferred } from '../util/deferred.ts';
import { WriterLock } from './locks.ts';

const NAME = 'workbench-lock-test';
const AT_ONCE_MS = 1000;
const workers: Worker[] = [];

/** A worker, and whether it got the lock. */
async function workerThatAsks() {
  const worker = new Worker(new URL('./testing/lockHolder.ts', import.meta.url), {
    type: 'module',
  });
  workers.push(worker);
  const { promise, resolve } = deferred<boolean>();
  worker.onmessage = ({ data }: MessageEvent<boolean>) => resolve(data);
  worker.postMessage({ hold: NAME });
  return { worker, holds: await promise };
}

/** How long it takes until this page gets the lock. */
async function msUntilHeld(): Promise<number> {
  const begun = performance.now();
  const lock = new WriterLock(NAME);
  for (;;) {
    const letGo = await lock.hold();
    letGo?.();
    if (letGo) return performance.now() - begun;
  }
}

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

describe('the writer’s lock', () => {
  it('goes to one of five that ask at once; the others are refused at once', async () => {
    const asked = await Promise.all(Array.from({ length: 5 }, workerThatAsks));
    expect(asked.filter(({ holds }) => holds)).toHaveLength(1);
    const begun = performance.now();
    expect(await new WriterLock(NAME).hold()).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(AT_ONCE_MS);
  });

  it('is free within 5 s of its holder’s death', async () => {
    const { worker } = await workerThatAsks();
    worker.terminate();
    expect(await msUntilHeld()).toBeLessThan(5000);
  });

  it('is free when its holder lets go', async () => {
    const { worker } = await workerThatAsks();
    worker.postMessage('release');
    expect(await msUntilHeld()).toBeLessThan(AT_ONCE_MS);
  });

  it('is waited for while another tab only clears away', async () => {
    const { worker } = await workerThatAsks();
    setTimeout(() => worker.postMessage('release'), 50);
    const letGo = await new WriterLock(NAME).hold();
    expect(letGo).toBeDefined();
    letGo?.();
  });

  it('is held by a tab until the last of its holdings ends', async () => {
    const lock = new WriterLock(NAME);
    const [outer, inner] = await Promise.all([lock.hold(), lock.hold()]);
    outer?.();
    outer?.();
    expect((await workerThatAsks()).holds).toBe(false);
    inner?.();
    expect((await workerThatAsks()).holds).toBe(true);
  });
});
