import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MNIST_ID } from '../domain/data/datasetIdentity.ts';
import { hashOf } from '../util/bytePieces.ts';
import type { WorkbenchError } from '../util/errors.ts';
import { eachInjects } from '../util/testing/faults.ts';
import { Connection } from './connection.ts';
import { RunStore } from './runStore.ts';
import { inLists, keepIn, keysIn, recordOf, tensorsOf } from './testing/runs.ts';
import { TuningStore } from './tuningStore.ts';
import { notStored } from './version.ts';

const NAME = 'workbench-connection-test';
const NEWER = 99;
const opened: Connection[] = [];

async function connect() {
  const losses: WorkbenchError[] = [];
  const connection = await Connection.open(NAME, { onLost: (loss) => losses.push(loss) });
  opened.push(connection);
  return { connection, losses, store: new RunStore(connection) };
}

/** Opens the database as a newer version of the app, and gives the time until it was let in. */
async function takeOver(): Promise<number> {
  const begun = performance.now();
  (await openDB(NAME, NEWER)).close();
  return performance.now() - begun;
}

afterEach(async () => {
  vi.restoreAllMocks();
  for (const connection of opened.splice(0)) connection.close();
  await deleteDB(NAME);
});

describe('a newer version of the app in another tab', () => {
  eachInjects(20, 'a newer version opens the database');
  it('gets the database within 2 s, and this tab stores nothing more', async () => {
    const { store, losses } = await connect();
    await keepIn(store, recordOf('r', 1), tensorsOf(1));

    expect(await takeOver()).toBeLessThan(2000);

    expect(losses.map(({ code }) => code)).toEqual(['storage.outdated']);
    await expect(keepIn(store, recordOf('r', 2), tensorsOf(2))).rejects.toThrow(/reload it/);
    expect(await keysIn(NAME, 'commits')).toEqual([['r', 1]]);
  });

  it('gets it in the middle of a checkpoint, which is not said to be saved', async () => {
    const { store } = await connect();
    const { version } = await keepIn(store, recordOf('r', 1), tensorsOf(1));
    const saving = store.save(recordOf('r', 2), tensorsOf(2), version);
    const outcome = saving.catch((error: WorkbenchError) => error.code);

    expect(await takeOver()).toBeLessThan(2000);

    expect(await outcome).toBe('storage.outdated');
    expect(await keysIn(NAME, 'commits')).toEqual([['r', 1]]);
  });

  it('keeps an older one from opening it at all', async () => {
    await takeOver();
    await expect(connect()).rejects.toMatchObject({ code: 'storage.outdated' });
  });
});

describe('an older version of the app in another tab that does not let go', () => {
  it('is told of, and waited for', async () => {
    const older = await openDB(NAME, 1, { upgrade: makeVersion1 });
    let told = 0;
    const opening = Connection.open(NAME, { onBlocked: () => told++ });
    await expect.poll(() => told).toBe(1);
    older.close();
    const connection = await opening;
    opened.push(connection);
    expect((await connection.database()).version).toBe(5);
  });
});

describe('a database that is deleted while it is open', () => {
  eachInjects(18, 'the database is deleted');
  it('is opened anew, and the next checkpoint is whole', async () => {
    const { store, losses } = await connect();
    await keepIn(store, recordOf('r', 1), tensorsOf(1));

    await deleteDB(NAME);

    expect(losses.map(({ code }) => code)).toEqual(['storage.deleted']);
    expect(await store.list()).toEqual([]);
    await keepIn(store, recordOf('r', 2), tensorsOf(2));
    const { record, tensors } = await store.load('r');
    expect(record.step).toBe(2);
    expect(tensors[1]?.values.every((value) => value === 2)).toBe(true);
  });

  it('in the middle of a checkpoint never gives half of one', async () => {
    const { store } = await connect();
    const saving = store.save(recordOf('r', 1), tensorsOf(1), notStored);
    const outcome = saving.then(
      () => 'saved',
      (error: WorkbenchError) => error.code,
    );

    await deleteDB(NAME);

    expect(await outcome).toBe('storage.deleted');
    expect(await keysIn(NAME, 'chunks')).toEqual([]);
    await keepIn(store, recordOf('r', 2), tensorsOf(2));
    expect((await store.load('r')).record.step).toBe(2);
  });

  it('twice in a row is not opened a third time', async () => {
    const { connection, losses } = await connect();
    for (let i = 0; i < 2; i++) {
      await connection.database();
      await deleteDB(NAME);
    }
    expect(losses.map(({ code }) => code)).toEqual(['storage.deleted', 'storage.unavailable']);
    await expect(connection.database()).rejects.toMatchObject({ code: 'storage.unavailable' });
  });
});

describe('what version 1 stored', () => {
  it('is there after the migration, and kernel measurements find their place', async () => {
    const values = Float32Array.of(1.5, -0, 3e-39);
    const database = await openDB(NAME, 1, { upgrade: makeVersion1 });
    await database.put('runs', { id: 'r', name: 'Named', openedAt: 1, testAccuracy: 0.5 });
    await database.put('chunks', values.buffer, ['r', 7, 0]);
    await database.put('commits', {
      runId: 'r',
      generation: 7,
      record: recordOf('r', 100),
      tensors: [{ name: 'a', shape: [3], byteOffset: 0 }],
      chunkHashes: [await hashOf(new Uint8Array(values.buffer))],
      bytes: 12,
    });
    database.close();

    const { connection, store } = await connect();

    const { record, tensors } = await store.load('r');
    // A test accuracy without the step that it was measured at is nobody's.
    expect(inLists(record)).toEqual({ ...recordOf('r', 100), name: 'Named', datasetId: MNIST_ID });
    expect(tensors).toEqual([{ name: 'a', shape: [3], values }]);
    await keepIn(store, recordOf('r', 200), tensorsOf(1));
    expect(await keysIn(NAME, 'commits')).toEqual([
      ['r', 7],
      ['r', 8],
    ]);
    const measured = { variant: '8x8', variantMs: { '8x8': 1 } };
    await new TuningStore(connection).write('key', measured);
    expect(await new TuningStore(connection).read('key')).toEqual(measured);
  });

  it('has figures with their steps and their data set from version 4 on', async () => {
    const database = await openDB(NAME, 1, { upgrade: makeVersion1 });
    const shape = { height: 28, width: 28, channels: 1 };
    const figures = { step: 50, accuracy: 0.9, loss: 1, images: 10 };
    const evaluation = { ...figures, shape, classNames: ['0', '1'], mistakes: [] };
    const note = {
      name: 'Named',
      openedAt: 1,
      testAccuracy: 0.9,
      drawnScore: { right: 1, total: 2 },
    };
    for (const id of ['mnist', 'shirts', 'file']) {
      await database.put('runs', { ...note, id, evaluation });
    }
    const commit = { generation: 1, tensors: [], chunkHashes: [], bytes: 0 };
    const ofSet = { datasetName: 'Shirts', datasetId: 'f' };
    const imported = { status: 'imported' as const };
    for (const [id, change] of Object.entries({ mnist: {}, shirts: ofSet, file: imported })) {
      const record = { ...recordOf(id, 100), testAccuracy: 0.9, ...change };
      await database.put('commits', { ...commit, runId: id, record });
    }
    database.close();

    const lists = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const { store } = await connect();
    // One checkpoint after another: each has the whole of its curves.
    expect((lists.mock.contexts as IDBObjectStore[]).map(({ name }) => name)).toEqual(['runs']);

    const figure = { step: 50, accuracy: 0.9 };
    const of = async (id: string) => (await store.load(id)).record;
    const mnist = { datasetName: 'MNIST', datasetId: MNIST_ID };
    expect(await of('mnist')).toMatchObject({ ...mnist, test: { ...figure, ...mnist } });
    expect(await of('shirts')).toMatchObject({ ...ofSet, test: { ...figure, ...ofSet } });
    // What an imported model calls its data set may be anything.
    expect(await of('file')).not.toHaveProperty('datasetId');
    expect((await of('file')).test).toEqual({ ...figure, datasetName: 'MNIST' });
    expect(await of('mnist')).not.toHaveProperty('drawnScore');
    expect(await store.evaluation('shirts')).toMatchObject({ ...evaluation, ...ofSet });
  });
});

/** The schema of the first release, to the letter. */
function makeVersion1(database: {
  createObjectStore(name: string, options?: IDBObjectStoreParameters): unknown;
}): void {
  database.createObjectStore('runs', { keyPath: 'id' });
  database.createObjectStore('commits', { keyPath: ['runId', 'generation'] });
  database.createObjectStore('chunks');
}
