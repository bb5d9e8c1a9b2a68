import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { architectureOf, seedRecipe } from '../domain/recipe.ts';
import type { NamedTensor, RunRecord } from '../domain/run.ts';
import { RunStore } from './runStore.ts';

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

const record = (id: string, step: number): RunRecord => ({
  id,
  name: `Run ${id}`,
  status: 'paused',
  createdAt: 1,
  updatedAt: step,
  recipe: seedRecipe,
  architecture: architectureOf(seedRecipe, { height: 28, width: 28, channels: 1 }, 10),
  scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
  datasetName: 'MNIST',
  classNames: ['0', '1'],
  engine: 'wasm',
  step,
  trainingMs: 0,
  history: { training: [{ step, loss: 0.5, accuracy: 0.9 }], validation: [] },
});

/** 20 MiB in two tensors: more than one chunk, with a border inside a tensor. */
const tensors = (fill: number): NamedTensor[] => [
  { name: 'a', shape: [3], values: Float32Array.of(fill, -0, Number.MIN_VALUE) },
  { name: 'b', shape: [5, 1024, 1024], values: new Float32Array(5 * 1024 * 1024).fill(fill) },
];

/** Changes the stored bytes behind the store's back. */
async function damage(change: 'flip' | 'remove', generation: number): Promise<void> {
  const database = await openDB(NAME);
  const key = ['r', generation, 1];
  if (change === 'remove') await database.delete('chunks', key);
  else {
    const bytes = new Uint8Array(await database.get('chunks', key));
    bytes[12345] = (bytes[12345] ?? 0) ^ 1;
    await database.put('chunks', bytes.buffer, key);
  }
  database.close();
}

describe('a checkpoint', () => {
  it('comes back to the bit after the store was closed', async () => {
    const first = await openStore();
    const bytes = await first.save(record('r', 100), tensors(1.5));
    first.close();
    const stored = await (await openStore()).load('r');
    expect(bytes).toBe(12 + 5 * 1024 * 1024 * 4);
    expect(stored.record).toEqual(record('r', 100));
    expect(stored.tensors[0]).toEqual(tensors(1.5)[0]);
    expect(stored.tensors[1]?.values.every((value) => value === 1.5)).toBe(true);
  });

  it.each(['flip', 'remove'] as const)(
    'that was damaged (%s) is passed over for the one before',
    async (change) => {
      const store = await openStore();
      await store.save(record('r', 100), tensors(1));
      await store.save(record('r', 200), tensors(2));
      await damage(change, 2);
      const { record: loaded, tensors: values, damaged } = await store.load('r');
      expect(loaded.step).toBe(100);
      expect(values[0]?.values[0]).toBe(1);
      expect(damaged.map(({ code }) => code)).toEqual(['storage.corrupt']);
    },
  );

  it('that has no undamaged one before it is refused, not half loaded', async () => {
    const store = await openStore();
    await store.save(record('r', 100), tensors(1));
    await damage('flip', 1);
    await expect(store.load('r')).rejects.toThrow('step 100 of run Run r is damaged');
  });

  it('replaces the oldest of three', async () => {
    const store = await openStore();
    for (const step of [1, 2, 3]) await store.save(record('r', step), tensors(step));
    const database = await openDB(NAME);
    expect(await database.getAllKeys('commits')).toEqual([
      ['r', 2],
      ['r', 3],
    ]);
    expect(await database.count('chunks')).toBe(4);
    database.close();
  });
});

describe('runs', () => {
  it('are listed with the one used last first', async () => {
    const store = await openStore();
    for (const id of ['a', 'b']) await store.save(record(id, 1), []);
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

  it('can be hidden and shown again, and go for good when the store is opened next', async () => {
    const store = await openStore();
    await store.save(record('r', 1), []);
    await store.annotate('r', (note) => ({ ...note, deletedAt: 1 }));
    expect(await store.list()).toEqual([]);
    await store.annotate('r', ({ deletedAt: _, ...note }) => note);
    expect(await store.list()).toHaveLength(1);
    await store.annotate('r', (note) => ({ ...note, deletedAt: 1 }));
    store.close();
    await expect((await openStore()).load('r')).rejects.toThrow('Run r is no longer stored.');
  });

  it('leave no chunks of an unfinished checkpoint behind', async () => {
    (await openStore()).close();
    const database = await openDB(NAME);
    await database.put('chunks', new ArrayBuffer(8), ['r', 1, 0]);
    database.close();
    await openStore();
    const after = await openDB(NAME);
    expect(await after.count('chunks')).toBe(0);
    after.close();
  });
});
