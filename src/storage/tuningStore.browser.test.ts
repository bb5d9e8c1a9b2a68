import { deleteDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { Connection } from './connection.ts';
import { RunStore } from './runStore.ts';
import { keepIn, recordOf } from './testing/runs.ts';
import { TuningStore } from './tuningStore.ts';

const NAME = 'workbench-tuning-test';
const opened: Connection[] = [];

async function open(): Promise<Connection> {
  const connection = await Connection.open(NAME);
  opened.push(connection);
  return connection;
}

afterEach(async () => {
  for (const connection of opened.splice(0)) connection.close();
  await deleteDB(NAME);
});

const record = { variant: '8x8', variantMs: { '8x8': 0.25, '4x4': 0.5, broken: null } };

describe('measurements of kernels', () => {
  it('are there after the database was closed', async () => {
    const connection = await open();
    await new TuningStore(connection).write('key', record);
    connection.close();
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
    const connection = await open();
    const [memory, runs] = [new TuningStore(connection), new RunStore(connection)];
    await memory.write('key', record);
    await keepIn(runs, recordOf('r', 1), []);
    await memory.clear();
    expect(await memory.read('key')).toBeUndefined();
    expect(await runs.list()).toHaveLength(1);
  });
});
