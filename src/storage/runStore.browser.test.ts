import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { RunStore } from './runStore.ts';
import {
  CHUNKS_OF_TENSORS,
  damage,
  inLists,
  keepIn,
  keysIn,
  recordOf,
  tensorsOf,
} from './testing/runs.ts';
import { notStored } from './version.ts';

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
    const { bytes } = await keepIn(first, recordOf('r', 100), tensorsOf(1.5));
    first.close();
    const stored = await (await openStore()).load('r');
    expect(bytes).toBe(12 + 5 * 1024 * 1024 * 4);
    expect(inLists(stored.record)).toEqual(recordOf('r', 100));
    expect(stored.tensors[0]).toEqual(tensorsOf(1.5)[0]);
    expect(stored.tensors[1]?.values.every((value) => value === 1.5)).toBe(true);
  });

  it.each(['flip', 'remove'] as const)(
    'that was damaged (%s) is passed over for the one before',
    async (change) => {
      const store = await openStore();
      await keepIn(store, recordOf('r', 100), tensorsOf(1));
      await keepIn(store, recordOf('r', 200), tensorsOf(2));
      await damage(NAME, ['r', 2, 1], change === 'flip' ? { bit: 98_760 } : change);
      const { record: loaded, tensors: values, damaged } = await store.load('r');
      expect(loaded.step).toBe(100);
      expect(values[0]?.values[0]).toBe(1);
      expect(damaged.map(({ code }) => code)).toEqual(['storage.corrupt']);
    },
  );

  it('that has no undamaged one before it is refused, not half loaded', async () => {
    const store = await openStore();
    await keepIn(store, recordOf('r', 100), tensorsOf(1));
    await damage(NAME, ['r', 1, 1], { bit: 1 });
    await expect(store.load('r')).rejects.toThrow('step 100 of run Run r is damaged');
  });

  it('replaces the oldest of three', async () => {
    const store = await openStore();
    for (const step of [1, 2, 3]) await keepIn(store, recordOf('r', step), tensorsOf(step));
    expect(await keysIn(NAME, 'commits')).toEqual([
      ['r', 2],
      ['r', 3],
    ]);
    expect(await keysIn(NAME, 'chunks')).toHaveLength(4);
  });

  it('is not taken for damaged when another tab replaces it meanwhile', async () => {
    const [writer, reader] = [await openStore(), await openStore()];
    await keepIn(writer, recordOf('r', 1), tensorsOf(1));
    const loading = reader.load('r');
    for (const step of [2, 3]) await keepIn(writer, recordOf('r', step), tensorsOf(step));
    const { record, damaged } = await loading;
    expect(record.step).toBeGreaterThanOrEqual(1);
    expect(damaged).toEqual([]);
  });
});

describe('runs', () => {
  it('are listed with the one used last first', async () => {
    const store = await openStore();
    const test = { step: 1, accuracy: 0.97, datasetName: 'MNIST' };
    for (const id of ['a', 'b']) await keepIn(store, recordOf(id, 1), []);
    await store.annotate('a', (note) => ({
      ...note,
      openedAt: Date.now() + 1,
      test,
    }));
    const list = await store.list();
    expect(list.map(({ id, test }) => [id, test])).toEqual([
      ['a', test],
      ['b', undefined],
    ]);
  });

  it('can be hidden and shown again, and go when their time is over', async () => {
    const store = await openStore();
    await keepIn(store, recordOf('r', 1), tensorsOf(1));
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

  it('do not show what was measured of later steps than a checkpoint has', async () => {
    const store = await openStore();
    await keepIn(store, recordOf('r', 100), tensorsOf(1));
    await keepIn(store, recordOf('r', 200), tensorsOf(2));
    const test = { step: 200, accuracy: 0.97, datasetName: 'MNIST' };
    const drawnScore = { step: 200, right: 3, total: 4 };
    await store.annotate('r', (note) => ({ ...note, test, drawnScore }));
    expect((await store.load('r')).record).toMatchObject({ test, drawnScore });
    await damage(NAME, ['r', 2, 0], 'remove');
    const { record } = await store.load('r');
    expect(record.step).toBe(100);
    expect(record).not.toHaveProperty('test');
    expect(record).not.toHaveProperty('drawnScore');
  });

  it('keep the name that another tab gave them while they were saved', async () => {
    const store = await openStore();
    await keepIn(store, recordOf('r', 1), []);
    await store.annotate('r', (note) => ({ ...note, name: 'mine' }));
    await keepIn(store, recordOf('r', 2), []);
    expect((await store.list())[0]?.name).toBe('mine');
  });
});

describe('a run that two tabs train', () => {
  it('is never written over from an older generation, whatever was read meanwhile', async () => {
    const [here, there] = [await openStore(), await openStore()];
    const { version } = await here.save(recordOf('r', 1), tensorsOf(1), notStored);
    const opened = await there.load('r');
    await there.save(recordOf('r', 2), tensorsOf(2), opened.version);
    // As an export of all runs does.
    await here.load('r');
    await expect(here.save(recordOf('r', 1), tensorsOf(1), version)).rejects.toMatchObject({
      code: 'run.trainedElsewhere',
    });
    const { record, tensors, damaged } = await there.load('r');
    expect([record.step, record.status, tensors[0]?.values[0], damaged]).toEqual([
      2,
      'paused',
      2,
      [],
    ]);
  });

  it('can be saved anew where it was removed meanwhile', async () => {
    const store = await openStore();
    const { version } = await store.save(recordOf('r', 1), [], notStored);
    await store.annotate('r', (note) => ({ ...note, deletedAt: 1 }));
    await store.removeHidden(1);
    const saved = await store.save(recordOf('r', 2), [], version);
    expect(saved.version).toMatchObject({ generation: 1, revision: 0 });
  });

  it('is never written over by who knows what was removed and another tab has kept anew', async () => {
    const [here, there] = [await openStore(), await openStore()];
    let { version } = await here.save(recordOf('r', 10), tensorsOf(1), notStored);
    ({ version } = await here.save(recordOf('r', 20), tensorsOf(2), version));
    await here.setDeleted('r', 1);
    await here.removeHidden(1);
    let anew = version;
    for (const step of [21, 22, 23]) {
      ({ version: anew } = await here.save(recordOf('r', step), tensorsOf(3), anew));
      await expect(there.save(recordOf('r', 30), tensorsOf(4), version)).rejects.toMatchObject({
        code: 'run.trainedElsewhere',
      });
    }
    const { record, tensors } = await there.load('r');
    expect([record.step, record.history.training.length, tensors[0]?.values[0]]).toEqual([
      23, 1, 3,
    ]);
  });

  it('is never written over by who does not know what the other has noted in its checkpoint', async () => {
    const [here, there] = [await openStore(), await openStore()];
    const { version } = await here.save(recordOf('r', 1), tensorsOf(1), notStored);
    const rateChanges = [{ step: 1, learningRate: 0.5 }];
    const amended = await there.amend('r', (record) => ({ ...record, rateChanges }));
    expect(amended).toMatchObject({ generation: 1, revision: 1 });
    await expect(here.save(recordOf('r', 2), tensorsOf(2), version)).rejects.toMatchObject({
      code: 'run.trainedElsewhere',
    });
    const kept = await here.load('r');
    expect([kept.record.step, kept.record.rateChanges]).toEqual([1, rateChanges]);
    // Nothing is left of the refused one, and whoever has taken in the change goes on.
    expect(await keysIn(NAME, 'chunks')).toHaveLength(CHUNKS_OF_TENSORS);
    await here.save({ ...recordOf('r', 2), rateChanges }, tensorsOf(2), kept.version);
    expect((await there.load('r')).version).toMatchObject({ generation: 2, revision: 0 });
  });

  it('tells of each change which version of the checkpoint it is made of', async () => {
    const store = await openStore();
    await keepIn(store, recordOf('r', 1), []);
    const seen: unknown[] = [];
    for (const status of ['stopped', 'paused'] as const) {
      await store.amend('r', (record, version) => {
        seen.push(version);
        return { ...record, status };
      });
    }
    expect(await store.amend('r', () => undefined)).toBeUndefined();
    expect(seen).toMatchObject([
      { generation: 1, revision: 0 },
      { generation: 1, revision: 1 },
    ]);
    expect((await store.load('r')).version).toMatchObject({ generation: 1, revision: 2 });
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
    await keepIn(store, recordOf('r', 1), tensorsOf(1));
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
