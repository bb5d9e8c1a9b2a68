import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WorkbenchError } from '../util/errors.ts';
import { expectBothLanguages } from '../util/testing/bothLanguages.ts';
import { Connection } from './connection.ts';
import { RunStore } from './runStore.ts';
import { inLists, recordOf } from './testing/runs.ts';

/** A database as version 4 of it left it, where each commit has the curves of its run whole. */

const NAME = 'workbench-migrations-test';
const RUNS = ['a', 'b', 'c', 'branched'];
let store: RunStore | undefined;

const point = (step: number) => ({ step, loss: Math.fround(1 / step), accuracy: step / 100 });
const curve = (steps: number) => Array.from({ length: steps }, (_, i) => point(i + 1));
const historyOf = (steps: number) => ({
  training: curve(steps),
  validation: curve(steps / 10).map((one) => ({ ...one, images: 10 })),
});
const record4 = (id: string, step: number) => ({ ...recordOf(id, step), history: historyOf(step) });
const commit4 = (runId: string, generation: number, step: number) => ({
  ...{ runId, generation, record: record4(runId, step) },
  ...{ tensors: [], chunkHashes: [], bytes: 0 },
});

beforeEach(async () => {
  const database = await openDB(NAME, 4, {
    upgrade(made) {
      for (const name of ['runs', 'drawings', 'datasets']) {
        made.createObjectStore(name, { keyPath: 'id' });
      }
      made.createObjectStore('commits', { keyPath: ['runId', 'generation'] });
      for (const name of ['chunks', 'tuning', 'datasetParts']) made.createObjectStore(name);
    },
  });
  for (const id of RUNS) {
    await database.put('runs', { id, name: `Run ${id}`, openedAt: 1 });
    await database.put('commits', commit4(id, 7, 20));
    await database.put('commits', commit4(id, 8, 40));
  }
  // One whose last checkpoint went on from an older one than that before it.
  const other = commit4('branched', 8, 30);
  const training = other.record.history.training.with(9, { step: 10, loss: 9, accuracy: 0 });
  const history = { ...other.record.history, training };
  await database.put('commits', { ...other, record: { ...other.record, history } });
  await database.put('commits', { runId: 'half', generation: 1, record: { name: 'Half' } });
  const later = commit4('later', 1, 20);
  await database.put('commits', { ...later, record: { ...later.record, status: 'dreaming' } });
  database.close();
});

afterEach(async () => {
  vi.restoreAllMocks();
  store?.close();
  store = undefined;
  await deleteDB(NAME);
});

async function everything() {
  const database = await openDB(NAME);
  const { version, objectStoreNames } = database;
  const stores = await Promise.all(
    [...objectStoreNames].map(async (name) => [name, await database.getAll(name)]),
  );
  database.close();
  return { version, stores };
}

async function curvesOfAll() {
  store = await RunStore.open(NAME);
  for (const id of ['a', 'b', 'c']) {
    const { record, damaged } = await store.load(id);
    expect(damaged).toEqual([]);
    expect(inLists(record)).toEqual(record4(id, 40));
  }
  const { history } = (await store.load('branched')).record;
  expect([history.training.length, history.training.at(9)?.loss]).toEqual([30, 9]);
  const { readable, unreadable } = await store.listAll();
  expect(readable.map(({ id, validationAccuracy }) => [id, validationAccuracy]).sort()).toEqual([
    ...['a', 'b'].map((id) => [id, 0.04]),
    ['branched', 0.03],
    ['c', 0.04],
  ]);
  expect(unreadable.map(({ id, name }) => [id, name])).toEqual([
    ['half', 'Half'],
    ['later', 'Run later'],
  ]);
}

it('curves leave the commits for blocks, each point once', async () => {
  await curvesOfAll();
  const database = await openDB(NAME);
  const points = async (id: string) =>
    (await database.getAll('curves', IDBKeyRange.bound([id], [id, []]))).map(
      ({ training }) => training.step.length,
    );
  expect([await points('a'), await points('branched')]).toEqual([
    [20, 20],
    [20, 30],
  ]);
  const commits = await database.getAll('commits');
  expect(commits.filter(({ record }) => 'history' in record)).toEqual([]);
  database.close();
});

it('the checkpoint before the last is what it was', async () => {
  (await Connection.open(NAME)).close();
  const database = await openDB(NAME);
  await database.put('commits', { runId: 'branched', generation: 8 });
  database.close();
  store = await RunStore.open(NAME);
  expect(inLists((await store.load('branched')).record)).toEqual(record4('branched', 20));
});

it('a checkpoint that this version cannot read has its curves for one that can', async () => {
  (await Connection.open(NAME)).close();
  const database = await openDB(NAME);
  const commit = await database.get('commits', ['later', 1]);
  expect(commit.record.status).toBe('dreaming');
  await database.put('commits', { ...commit, record: { ...commit.record, status: 'paused' } });
  database.close();
  store = await RunStore.open(NAME);
  expect(inLists((await store.load('later')).record)).toEqual(record4('later', 20));
});

it('a run goes on from the checkpoint before the last with the curves of that one', async () => {
  (await Connection.open(NAME)).close();
  const database = await openDB(NAME);
  await database.put('commits', { runId: 'branched', generation: 8 });
  database.close();
  store = await RunStore.open(NAME);
  const { version } = await store.load('branched');
  const gone = record4('branched', 30);
  const next = await store.save(gone, [], version);
  expect(inLists((await store.load('branched')).record)).toEqual(gone);
  await store.save(record4('branched', 50), [], next.version);
  expect(inLists((await store.load('branched')).record)).toEqual(record4('branched', 50));
});

const throwing = (error: Error) => () => {
  throw error;
};

it.each<[string, (store: IDBObjectStore) => void, Partial<WorkbenchError>]>([
  ['ended', ({ transaction }) => transaction.abort(), { code: 'storage.unavailable' }],
  ['failed', throwing(new Error('a fault')), { params: { problem: 'Error: a fault' } }],
  [
    'found no room',
    throwing(new DOMException('', 'QuotaExceededError')),
    { code: 'storage.updateQuota' },
  ],
])(
  'nothing has changed where that %s in the middle, and the next time it is done',
  async (_, end, told) => {
    const before = await everything();
    const { put } = IDBObjectStore.prototype;
    let blocks = 0;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...given
    ) {
      if (this.name === 'curves' && ++blocks === 4) end(this);
      return put.apply(this, given);
    });
    await expect(RunStore.open(NAME)).rejects.toMatchObject(told);
    expect(blocks).toBe(4);
    vi.restoreAllMocks();
    expect(await everything()).toEqual(before);
    await curvesOfAll();
  },
);

it('a lack of room for that is said in words of its own', () => {
  expectBothLanguages(new WorkbenchError('storage.updateQuota'));
});
