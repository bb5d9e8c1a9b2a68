import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import type { WorkerEvent } from '../../protocol/workerEvents.ts';
import { deferred } from '../../util/deferred.ts';
import { expectBothLanguages } from '../../util/testing/bothLanguages.ts';
import { Keeper } from './keeper.ts';

const NAME = 'workbench-slow-test';
const MOST_MS = 50;

let keeper: Keeper | undefined;
afterEach(async () => {
  keeper?.close();
  await deleteDB(NAME);
});

/** Has the browser open nothing of this name until it is released: another tab changes it, and takes its time. */
async function occupy(): Promise<() => Promise<void>> {
  const begun = deferred<void>();
  let isReleased = false;
  const opening = openDB(NAME, 1, {
    async upgrade(database, _old, _new, transaction) {
      const store = database.createObjectStore('busy');
      transaction.done.catch(() => undefined);
      begun.resolve();
      // As long as one asks something of it the change goes on.
      while (!isReleased) await store.get(0);
      transaction.abort();
    },
  });
  opening.catch(() => undefined);
  await begun.promise;
  return async () => {
    isReleased = true;
    await opening.catch(() => undefined);
  };
}

describe('a browser that does not open its storage', () => {
  it('is not waited for beyond a bound, which is said, and is used once it does', async () => {
    const release = await occupy();
    const events: WorkerEvent[] = [];
    keeper = new Keeper((event) => events.push(event), NAME, MOST_MS);
    await keeper.open();
    const told = events.flatMap((event) => (event.type === 'error' ? [event] : []));
    expect(told).toMatchObject([{ kind: 'warning', code: 'storage.slow', params: { seconds: 1 } }]);
    expectBothLanguages({ code: 'storage.slow', params: { seconds: 1 } }, '1');
    expect(await keeper.list()).toEqual([]);
    expect(() => keeper?.drawings).toThrow();

    await release();
    await expect.poll(() => events.some(({ type }) => type === 'runs')).toBe(true);
    expect(await keeper.drawings.list()).toEqual([]);
  });

  it('is used without a word where it opens in time', async () => {
    const events: WorkerEvent[] = [];
    keeper = new Keeper((event) => events.push(event), NAME);
    await keeper.open();
    expect(events.filter(({ type }) => type === 'error')).toEqual([]);
    expect(await keeper.drawings.list()).toEqual([]);
  });
});
