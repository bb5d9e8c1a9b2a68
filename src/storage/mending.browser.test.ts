import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from './connection.ts';
import { makeMissingNotes } from './missingNotes.ts';
import { RunStore } from './runStore.ts';
import { keepIn, keysIn, recordOf } from './testing/runs.ts';

/** What becomes of runs of which a part is lost, or cannot be read. */

const NAME = 'workbench-mending-test';
const tensors = [{ name: 'a', shape: [2], values: Float32Array.of(1, 2) }];
let store: RunStore;

beforeEach(async () => {
  store = await RunStore.open(NAME);
});
afterEach(async () => {
  store.close();
  await deleteDB(NAME);
});

/** Changes what is stored behind the store's back. */
async function behind(change: (database: IDBPDatabase) => Promise<unknown>): Promise<void> {
  const database = await openDB(NAME);
  await change(database);
  database.close();
}

/** As a later version might write it. */
const spoil = (id: string, generation: number) =>
  behind(async (database) => {
    const commit = await database.get('commits', [id, generation]);
    await database.put('commits', { ...commit, recordVersion: 99 });
  });

const keep = (id: string, step: number) => keepIn(store, recordOf(id, step), tensors);
const generations = async () => (await keysIn(NAME, 'commits')).map((key) => (key as number[])[1]);

describe('a checkpoint that cannot be read', () => {
  it('stays beside two that can, with its weights, however often the run is kept after it', async () => {
    for (const step of [1, 2]) await keep('r', step);
    await spoil('r', 2);
    expect((await store.load('r')).record.step).toBe(1);
    await keep('r', 3);
    expect(await generations()).toEqual([1, 2, 3]);
    for (const step of [4, 5, 6]) await keep('r', step);
    expect(await generations()).toEqual([2, 5, 6]);
    expect((await keysIn(NAME, 'chunks')).map((key) => (key as number[])[1])).toEqual([2, 5, 6]);
    expect((await store.load('r')).record.step).toBe(6);
  });

  it('goes with its run when that is deleted', async () => {
    for (const step of [1, 2, 3]) await keep('r', step);
    await spoil('r', 2);
    await keep('r', 4);
    await store.setDeleted('r', 1);
    await store.removeHidden(2);
    expect(await keysIn(NAME, 'commits')).toEqual([]);
    expect(await keysIn(NAME, 'chunks')).toEqual([]);
  });
});

describe('a run of which only checkpoints are left', () => {
  it('is listed again, opened and renamed, by what they say', async () => {
    for (const id of ['lost', 'whole']) await keep(id, 7);
    await behind((database) => database.delete('runs', 'lost'));
    expect((await store.listAll()).unreadable.map(({ id }) => id)).toEqual(['lost']);
    await store.mendNotes();
    const { readable, unreadable } = await store.listAll();
    expect(unreadable).toEqual([]);
    expect(readable.map(({ id, name, step }) => ({ id, name, step }))).toContainEqual({
      ...{ id: 'lost', name: 'Run lost', step: 7 },
    });
    await store.annotate('lost', (note) => ({ ...note, name: 'found' }));
    expect((await store.load('lost')).record).toMatchObject({ name: 'found', step: 7 });
  });

  it('is left as it is where none of them can be read, and what is whole is left alone', async () => {
    for (const id of ['lost', 'whole']) await keep(id, 7);
    await store.setDeleted('whole', 5);
    await behind((database) => database.delete('runs', 'lost'));
    await spoil('lost', 1);
    const connection = await Connection.open(NAME);
    expect(await makeMissingNotes(await connection.database())).toBe(0);
    connection.close();
    expect((await store.listAll()).unreadable.map(({ id }) => id)).toEqual(['lost']);
    expect(await keysIn(NAME, 'runs')).toEqual(['whole']);
    expect((await store.list()).map(({ id }) => id)).toEqual([]);
  });
});
