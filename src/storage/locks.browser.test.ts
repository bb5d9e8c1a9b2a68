import { afterEach, describe, expect, it, vi } from 'vitest';
import { deferred } from '../util/deferred.ts';
import { type HoldingKind, WriterLock } from './locks.ts';

const NAME = 'workbench-lock-test';
const AT_ONCE_MS = 1000;
const workers: Worker[] = [];

/** A worker, and whether it got the lock. */
async function workerThatAsks(kind: HoldingKind = 'long') {
  const worker = new Worker(new URL('./testing/lockHolder.ts', import.meta.url), {
    type: 'module',
  });
  workers.push(worker);
  const { promise, resolve } = deferred<boolean>();
  worker.onmessage = ({ data }: MessageEvent<boolean>) => resolve(data);
  worker.postMessage({ hold: NAME, kind });
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
  vi.restoreAllMocks();
  for (const worker of workers.splice(0)) worker.terminate();
});

describe('the writer’s lock', () => {
  it('goes to one of five that ask at once; the others are refused at once', async () => {
    const asked = await Promise.all(Array.from({ length: 5 }, () => workerThatAsks()));
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

  it('is waited for while another tab only clears away, however long that takes', async () => {
    const { worker } = await workerThatAsks('brief');
    setTimeout(() => worker.postMessage('release'), 1500);
    const letGo = await new WriterLock(NAME).hold();
    expect(letGo).toBeDefined();
    letGo?.();
  });

  it('is waited for as long as each of those who ask has patience', async () => {
    const { worker } = await workerThatAsks('brief');
    const lock = new WriterLock(NAME);
    const [hasty, patient] = [lock.hold('brief', 300), lock.hold('long')];
    expect(await hasty).toBeUndefined();
    worker.postMessage('release');
    expect(await patient).toBeTypeOf('function');
    (await patient)?.();
  });

  it('is not waited for without end where its holder says nothing', async () => {
    await workerThatAsks('brief');
    const begun = performance.now();
    expect(await new WriterLock(NAME).hold('brief', 300)).toBeUndefined();
    expect(performance.now() - begun).toBeGreaterThan(290);
  });

  it('is refused to who gives up, and free later, where the browser forgets that it was told', async () => {
    const request = navigator.locks.request.bind(navigator.locks);
    const deaf = ((...[name, , callback]: Parameters<typeof request>) =>
      request(name, callback)) as typeof request;
    vi.spyOn(navigator.locks, 'request').mockImplementation(deaf);
    const { worker } = await workerThatAsks('brief');
    expect(await new WriterLock(NAME).hold('brief', 50)).toBeUndefined();
    worker.postMessage('release');
    expect(await msUntilHeld()).toBeLessThan(AT_ONCE_MS);
  });

  it('is refused to those who wait already when a holder begins to train', async () => {
    const lock = new WriterLock(NAME);
    const clearing = await lock.hold('brief');
    const waiting = workerThatAsks();
    await expect.poll(async () => (await navigator.locks.query()).pending?.length).toBe(1);
    const training = await lock.hold('long');
    expect((await waiting).holds).toBe(false);
    clearing?.();
    training?.();
    expect((await workerThatAsks()).holds).toBe(true);
  });

  it('is held by a tab until the last of its holdings ends', async () => {
    const lock = new WriterLock(NAME);
    const [outer, inner] = await Promise.all([lock.hold('long'), lock.hold('long')]);
    outer?.();
    outer?.();
    expect((await workerThatAsks()).holds).toBe(false);
    inner?.();
    expect((await workerThatAsks()).holds).toBe(true);
  });
});
