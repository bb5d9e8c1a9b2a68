import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { RunStore } from './runStore.ts';
import { damage, keysIn, recordOf, tensorsOf } from './testing/runs.ts';

const NAME = 'workbench-test';
const opened: RunStore[] = [];

async function openStore(): Promise<RunStore> {
  const store = await RunStore.open(NAME);
  opened.push(store);
  return store;
}

afterEach(async () => {
  for (const store of opened.splice(0)) store.close();
  await deleteDB(NAME);
});

describe('a checkpoint', () => {
  it('comes back to the bit after the store was closed', async () => {
    const first = await openStore();
    const bytes = await first.save(recordOf('r', 100), tensorsOf(1.5));
    first.close();
    const stored = await (await openStore()).load('r');
    expect(bytes).toBe(12 + 5 * 1024 * 1024 * 4);
    expect(stored.record).toEqual(recordOf('r', 100));
    expect(stored.tensors[0]).toEqual(tensorsOf(1.5)[0]);
    expect(stored.tensors[1]?.values.every((value) => value === 1.5)).toBe(true);
  });

  it.each(['flip', 'remove'] as const)(
    'that was damaged (%s) is passed over for the one before',
    async (change) => {
      const store = await openStore();
      await store.save(recordOf('r', 100), tensorsOf(1));
      await store.save(recordOf('r', 200), tensorsOf(2));
      await damage(NAME, ['r', 2, 1], change === 'flip' ? { bit: 98_760 } : change);
      const { record: loaded, tensors: values, damaged } = await store.load('r');
      expect(loaded.step).toBe(100);
      expect(values[0]?.values[0]).toBe(1);
      expect(damaged.map(({ code }) => code)).toEqual(['storage.corrupt']);
    },
  );

  it('that has no undamaged one before it is refused, not half loaded', async () => {
    const store = await openStore();
    await store.save(recordOf('r', 100), tensorsOf(1));
    await damage(NAME, ['r', 1, 1], { bit: 1 });
    await expect(store.load('r')).rejects.toThrow('step 100 of run Run r is damaged');
  });

  it('replaces the oldest of three', async () => {
    const store = await openStore();
    for (const step of [1, 2, 3]) await store.save(recordOf('r', step), tensorsOf(step));
    expect(await keysIn(NAME, 'commits')).toEqual([
      ['r', 2],
      ['r', 3],
    ]);
    expect(await keysIn(NAME, 'chunks')).toHaveLength(4);
  });

  it('is not taken for damaged when another tab replaces it meanwhile', async () => {
    const [writer, reader] = [await openStore(), await openStore()];
    await writer.save(recordOf('r', 1), tensorsOf(1));
    const loading = reader.load('r');
    for (const step of [2, 3]) await writer.save(recordOf('r', step), tensorsOf(step));
    const { record, damaged } = await loading;
    expect(record.step).toBeGreaterThanOrEqual(1);
    expect(damaged).toEqual([]);
  });
});

describe('runs', () => {
  it('are listed with the one used last first', async () => {
    const store = await openStore();
    for (const id of ['a', 'b']) await store.save(recordOf(id, 1), []);
    await store.annotate('a', (note) => ({
      ...note,
      openedAt: Date.now() + 1,
      testAccuracy: 0.97,
    }));
    const list = await store.list();
    expect(list.map(({ id, testAccuracy }) => [id, testAccuracy])).toEqual([
      ['a', 0.97],
      ['b', undefined],
    ]);
  });

  it('can be hidden and shown again, and go when their time is over', async () => {
    const store = await openStore();
    await store.save(recordOf('r', 1), tensorsOf(1));
    await store.annotate('r', (note) => ({ ...note, deletedAt: 10 }));
    expect(await store.list()).toEqual([]);
    await store.removeHidden(9);
    await store.annotate('r', ({ deletedAt: _, ...note }) => note);
    expect(await store.list()).toHaveLength(1);
    await store.annotate('r', (note) => ({ ...note, deletedAt: 10 }));
    await store.removeHidden(10);
    await expect(store.load('r')).rejects.toThrow('Run r is no longer stored.');
    expect(await keysIn(NAME, 'chunks')).toEqual([]);
  });

  it('tell whether another tab has trained them further', async () => {
    const [here, there] = [await openStore(), await openStore()];
    await here.save(recordOf('r', 1), []);
    expect(await here.hasNewer('r')).toBe(false);
    await there.save(recordOf('r', 2), []);
    expect(await here.hasNewer('r')).toBe(true);
    await here.load('r');
    expect(await here.hasNewer('r')).toBe(false);
  });
});

describe('chunks of an unfinished checkpoint', () => {
  const leaveChunk = async () => {
    const database = await openDB(NAME);
    await database.put('chunks', new ArrayBuffer(8), ['r', 2, 0]);
    database.close();
  };

  it('are swept, and nothing else is', async () => {
    const store = await openStore();
    await store.save(recordOf('r', 1), tensorsOf(1));
    await leaveChunk();
    await store.sweep();
    expect(await keysIn(NAME, 'chunks')).toEqual([
      ['r', 1, 0],
      ['r', 1, 1],
    ]);
  });

  it('are left alone when another tab opens the store', async () => {
    await openStore();
    await leaveChunk();
    await (await openStore()).list();
    expect(await keysIn(NAME, 'chunks')).toEqual([['r', 2, 0]]);
  });
});
