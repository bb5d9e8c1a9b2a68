import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunRecord } from '../domain/runs/run.ts';
import { RunStore } from './runStore.ts';
import { damage, keysIn, recordOf } from './testing/runs.ts';
import { type CheckpointVersion, notStored } from './version.ts';

const NAME = 'workbench-curves-test';
const opened: RunStore[] = [];

async function openStore(): Promise<RunStore> {
  const store = await RunStore.open(NAME);
  opened.push(store);
  return store;
}

afterEach(async () => {
  vi.restoreAllMocks();
  for (const store of opened.splice(0)) store.close();
  await deleteDB(NAME);
});

const point = (step: number) => ({ step, loss: 1 / step, accuracy: 0.5 });
const validated = (step: number) => ({ ...point(step), images: 10 });
const upTo = (steps: number, from = 1) =>
  Array.from({ length: steps - from + 1 }, (_, i) => from + i);

/** A run after so many steps, each ten of them validated. */
function atStep(steps: number): RunRecord {
  const validation = upTo(steps)
    .filter((step) => step % 10 === 0)
    .map(validated);
  return { ...recordOf('r', steps), history: { training: upTo(steps).map(point), validation } };
}

const curvesIn = ({ history }: RunRecord) => ({
  training: [...history.training],
  validation: [...history.validation],
});

/** Keeps it as after each of these steps, one after another. */
async function keptAfter(store: RunStore, ...steps: number[]): Promise<CheckpointVersion> {
  let version = notStored;
  for (const step of steps) version = (await store.save(atStep(step), [], version)).version;
  return version;
}

const tensors = [{ name: 'a', shape: [1], values: Float32Array.of(1) }];

describe('the curves of a run', () => {
  it('come back to the bit, whichever checkpoints they were written at', async () => {
    const store = await openStore();
    await keptAfter(store, 5, 5, 17, 30);
    const { record, version } = await (await openStore()).load('r');
    expect(curvesIn(record)).toEqual(curvesIn(atStep(30)));
    expect(version.curves).toEqual({ blocks: 3, training: 30, validation: 3 });
    expect(curvesIn((await store.record('r'))?.record ?? atStep(0))).toEqual(curvesIn(atStep(30)));
  });

  it('are written once: a checkpoint adds what was made since the one before', async () => {
    const store = await openStore();
    await keptAfter(store, 10, 20);
    const database = await openDB(NAME);
    expect(await database.getAllKeys('curves')).toEqual([
      ['r', 0, 1],
      ['r', 1, 2],
    ]);
    const [first, second] = await database.getAll('curves');
    database.close();
    expect([...first.training.step]).toEqual(upTo(10));
    expect([...second.training.step]).toEqual(upTo(20, 11));
    // No more memory comes along than these points take.
    expect(second.training.loss.buffer.byteLength).toBe(10 * 8);
  });

  it('of a block that the browser does not read are missing alone: the weights and the rest open', async () => {
    const store = await openStore();
    const { version } = await store.save(atStep(10), tensors, notStored);
    await store.save(atStep(20), tensors, version);
    const { get, getAll } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (
      this: IDBObjectStore,
      ...range
    ) {
      const request = getAll.apply(this, range);
      if (this.name === 'curves') this.transaction.abort();
      return request;
    });
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (
      this: IDBObjectStore,
      key,
    ) {
      const request = get.call(this, key);
      if (this.name === 'curves' && Array.isArray(key) && key[1] === 0) this.transaction.abort();
      return request;
    });
    const stored = await store.load('r');
    expect(stored.record.step).toBe(20);
    expect(stored.tensors).toEqual(tensors);
    expect(stored.damaged.map(({ code }) => code)).toEqual(['storage.curvesUnreadable']);
    expect([...stored.record.history.training].map(({ step }) => step)).toEqual(upTo(20, 11));
  });

  it('are those of the checkpoint before where the last one is damaged, and go on from there', async () => {
    const store = await openStore();
    const { version } = await store.save(atStep(10), tensors, notStored);
    await store.save(atStep(20), tensors, version);
    await damage(NAME, ['r', 2, 0], { bit: 3 });
    const back = await store.load('r');
    expect(curvesIn(back.record)).toEqual(curvesIn(atStep(10)));
    const other = { ...point(11), loss: 7 };
    const history = { ...atStep(10).history, training: [...atStep(10).history.training, other] };
    await store.save({ ...atStep(11), history }, tensors, back.version);
    const { record } = await store.load('r');
    expect([...record.history.training].slice(-2)).toEqual([point(10), other]);
    // What the damaged one reaches is not written over.
    expect(await keysIn(NAME, 'curves')).toEqual([
      ['r', 0, 1],
      ['r', 0, 3],
      ['r', 1, 2],
    ]);
  });

  it('are written whole by who does not know what is there, or where it is gone', async () => {
    const store = await openStore();
    const { curves, ...unknowing } = await keptAfter(store, 10, 20);
    const { version } = await store.save(atStep(30), [], unknowing);
    expect(curvesIn((await store.load('r')).record)).toEqual(curvesIn(atStep(30)));
    const database = await openDB(NAME);
    await database.clear('curves');
    database.close();
    await store.save(atStep(40), [], { ...version, ...(curves && { curves }) });
    expect(curvesIn((await store.load('r')).record)).toEqual(curvesIn(atStep(40)));
  });

  it('of another tab that was refused leave nothing behind', async () => {
    const [here, there] = [await openStore(), await openStore()];
    const { version } = await here.save(atStep(10), [], notStored);
    await there.save(atStep(20), [], version);
    await expect(here.save(atStep(12), [], version)).rejects.toMatchObject({
      code: 'run.trainedElsewhere',
    });
    expect(curvesIn((await here.load('r')).record)).toEqual(curvesIn(atStep(20)));
    expect(await keysIn(NAME, 'curves')).toHaveLength(2);
  });

  it('go with their run', async () => {
    const store = await openStore();
    await keptAfter(store, 10, 20);
    await store.setDeleted('r', 1);
    await store.removeHidden(1);
    expect(await keysIn(NAME, 'curves')).toEqual([]);
  });
});

describe('a block that is spoiled', () => {
  const spoil = async (change: (value: unknown) => unknown) => {
    const database = await openDB(NAME);
    const key = ['r', 1, 2];
    const value = change(await database.get('curves', key));
    if (value === undefined) await database.delete('curves', key);
    else await database.put('curves', value, key);
    database.close();
  };

  it.each<[string, (value: unknown) => unknown]>([
    ['gone', () => undefined],
    ['of a later version', (value) => ({ ...(value as object), recordVersion: 2 })],
    ['half of one', () => ({ training: {} })],
  ])('is told (%s), and the run opens with all others and goes on', async (_, change) => {
    const store = await openStore();
    await keptAfter(store, 10, 20, 30);
    await spoil(change);
    const { record, damaged, version } = await store.load('r');
    expect(damaged.map(({ code, params }) => [code, params.count, params.total])).toEqual([
      ['storage.curvesUnreadable', 1, 3],
    ]);
    const readable = [...upTo(10), ...upTo(30, 21)];
    expect(record.history.training.map(({ step }) => step)).toEqual(readable);
    const training = [...record.history.training, point(31)];
    const history = { ...record.history, training };
    await store.save({ ...atStep(31), history }, [], version);
    const again = await store.load('r');
    expect(again.record.history.training.map(({ step }) => step)).toEqual([...readable, 31]);
  });
});
