import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase, type WorkbenchDatabase } from './database.ts';
import { RunStore } from './runStore.ts';
import { TuningStore } from './tuningStore.ts';

const NAME = 'workbench-tuning-test';
const opened: WorkbenchDatabase[] = [];

async function open(): Promise<WorkbenchDatabase> {
  const database = await openDatabase(NAME);
  opened.push(database);
  return database;
}

afterEach(async () => {
  for (const database of opened.splice(0)) database.close();
  await deleteDB(NAME);
});

const record = { variant: '8x8', variantMs: { '8x8': 0.25, '4x4': 0.5, broken: null } };

describe('measurements of kernels', () => {
  it('are there after the database was closed', async () => {
    const database = await open();
    await new TuningStore(database).write('key', record);
    database.close();
    const memory = new TuningStore(await open());
    expect(await memory.read('key')).toEqual(record);
    expect(await memory.read('another key')).toBeUndefined();
  });

  it('are replaced by newer ones', async () => {
    const memory = new TuningStore(await open());
    await memory.write('key', record);
    await memory.write('key', { ...record, variant: '4x4' });
    expect((await memory.read('key'))?.variant).toBe('4x4');
  });

  it('go when they are cleared, and nothing else does', async () => {
    const database = await open();
    const memory = new TuningStore(database);
    await memory.write('key', record);
    await database.put('runs', { id: 'r', name: 'Run r', openedAt: 1 });
    await memory.clear();
    expect(await memory.read('key')).toBeUndefined();
    expect(await database.count('runs')).toBe(1);
  });

  it('find room in a database of the version before, whose runs stay', async () => {
    const before = await openDB(NAME, 1, {
      upgrade(database) {
        database.createObjectStore('runs', { keyPath: 'id' });
        database.createObjectStore('commits', { keyPath: ['runId', 'generation'] });
        database.createObjectStore('chunks');
      },
    });
    const note = { id: 'r', name: 'Run r', openedAt: 1 };
    const commit = { runId: 'r', generation: 1, chunkHashes: [] };
    await before.put('runs', note);
    await before.put('commits', commit);
    await before.put('chunks', new ArrayBuffer(8), ['r', 1, 0]);
    before.close();

    const database = await open();
    await RunStore.over(database);
    const memory = new TuningStore(database);
    await memory.write('key', record);
    expect(await database.get('runs', 'r')).toEqual(note);
    expect(await database.get('commits', ['r', 1])).toEqual(commit);
    expect(await database.count('chunks')).toBe(1);
    expect(await memory.read('key')).toEqual(record);
  });
});
