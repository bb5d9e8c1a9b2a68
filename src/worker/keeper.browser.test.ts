import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NamedTensor } from '../domain/run.ts';
import type { WorkerEvent } from '../protocol/protocol.ts';
import { WRITER_LOCK } from '../storage/locks.ts';
import { recordOf } from '../storage/testing/runs.ts';
import { WorkbenchError } from '../util/errors.ts';
import { Keeper } from './keeper.ts';

const NAME = 'workbench-keeper-test';
/** Fails to give its state as a full disk fails to take it. */
const fullDisk = (): Promise<readonly NamedTensor[]> =>
  Promise.reject(new WorkbenchError('storage.quota', { neededMB: 1 }));
const noTensors = async (): Promise<readonly NamedTensor[]> => [];

let keeper: Keeper;
let events: WorkerEvent[];

const problems = () =>
  events.flatMap((event) => (event.type === 'error' ? [[event.code, event.kind]] : []));
const shownRuns = () => events.findLast((event) => event.type === 'runs')?.runs.map(({ id }) => id);

beforeEach(async () => {
  events = [];
  keeper = new Keeper((event) => events.push(event), NAME);
  await keeper.open();
});
afterEach(async () => {
  keeper.close();
  await deleteDB(NAME);
});

describe('a checkpoint that cannot be stored', () => {
  it('is told once a run, not at every checkpoint', async () => {
    for (const step of [1, 2, 3]) {
      await keeper.save({ record: recordOf('r', step), exportState: fullDisk });
    }
    await keeper.save({ record: recordOf('another', 1), exportState: fullDisk });
    expect(problems()).toEqual([
      ['storage.quota', undefined],
      ['storage.quota', undefined],
    ]);
    expect(events.some(({ type }) => type === 'checkpoint')).toBe(false);
  });

  it('is warned of before, with what it needs and what there is', async () => {
    const { estimate } = navigator.storage;
    navigator.storage.estimate = async () => ({ usage: 90e6, quota: 100e6 });
    try {
      await keeper.warnOfLittleRoom(recordOf('r', 0));
    } finally {
      navigator.storage.estimate = estimate;
    }
    const warning = events.find((event) => event.type === 'error');
    expect(warning).toMatchObject({ code: 'storage.low', kind: 'warning', params: { freeMB: 10 } });
    // Three checkpoints of 37.3 million weights with two moments each.
    expect(warning?.params?.neededMB).toBeGreaterThan(3 * 3 * 4 * 37);
  });
});

describe('while another tab writes', () => {
  let letGo: (() => void) | undefined;
  beforeEach(async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    navigator.locks.request(WRITER_LOCK, () => {
      resolve();
      return new Promise<void>((done) => {
        letGo = done;
      });
    });
    await promise;
  });
  afterEach(() => letGo?.());

  it('training is refused in words', async () => {
    await expect(keeper.startWriting()).rejects.toThrow(/Another tab of this page is training/);
  });

  it('the worker that takes the place of a dead one waits until its lock is free', async () => {
    const successor = new Keeper(() => undefined, NAME);
    await successor.open(true);
    setTimeout(() => letGo?.(), 1500);
    (await successor.startWriting())();
    successor.close();
  });

  it('nothing that it is writing is swept, not even at the start', async () => {
    const database = await openDB(NAME);
    await database.put('chunks', new ArrayBuffer(8), ['r', 1, 0]);
    const another = new Keeper(() => undefined, NAME);
    await another.open();
    expect(await database.count('chunks')).toBe(1);
    another.close();
    letGo?.();
    (await keeper.startWriting())();
    expect(await database.count('chunks')).toBe(0);
    database.close();
  });
});

describe('two tabs', () => {
  let other: Keeper;
  beforeEach(async () => {
    other = new Keeper(() => undefined, NAME);
    await other.open();
  });
  afterEach(() => other.close());

  it('see each other’s runs', async () => {
    await other.save({ record: recordOf('r', 1), exportState: noTensors });
    await expect.poll(shownRuns).toEqual(['r']);
  });

  it('never put older steps over newer ones', async () => {
    await keeper.save({ record: recordOf('r', 1), exportState: noTensors });
    await other.load('r');
    await other.save({ record: recordOf('r', 2), exportState: noTensors });
    expect(await keeper.wasTrainedElsewhere('r')).toBe(true);
    await keeper.save({ record: recordOf('r', 1), exportState: noTensors });
    expect(problems()).toEqual([['run.trainedElsewhere', undefined]]);
    expect((await keeper.load('r')).record.step).toBe(2);
    expect(await keeper.wasTrainedElsewhere('r')).toBe(false);
  });
});

describe('stored runs that are deleted under the page', () => {
  it('are told, and the list is empty', async () => {
    await keeper.save({ record: recordOf('r', 1), exportState: noTensors });
    await deleteDB(NAME);
    expect(problems()).toEqual([['storage.deleted', 'warning']]);
    await expect.poll(shownRuns).toEqual([]);
  });
});

describe('a tab with an older version that does not let go', () => {
  it('is told, and waited for without holding up the page', async () => {
    keeper.close();
    await deleteDB(NAME);
    const older = await openDB(NAME, 1, {
      upgrade(database) {
        database.createObjectStore('runs', { keyPath: 'id' });
        database.createObjectStore('commits', { keyPath: ['runId', 'generation'] });
        database.createObjectStore('chunks');
      },
    });
    const newer = new Keeper((event) => events.push(event), NAME);

    await newer.open();

    expect(problems()).toEqual([['storage.blocked', 'warning']]);
    older.close();
    const isStored = () => events.some((event) => event.type === 'checkpoint');
    await expect
      .poll(async () => {
        await newer.save({ record: recordOf('r', 1), exportState: noTensors });
        return isStored();
      })
      .toBe(true);
    newer.close();
  });
});

describe('all runs', () => {
  it('can be hidden and brought back', async () => {
    for (const id of ['a', 'b']) {
      await keeper.save({ record: recordOf(id, 1), exportState: noTensors });
    }
    await keeper.hide('a', 'b');
    expect(shownRuns()).toEqual([]);
    await keeper.restore('a', 'b');
    expect(shownRuns()?.toSorted()).toEqual(['a', 'b']);
  });
});
