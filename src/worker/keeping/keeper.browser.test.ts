import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DELETION_KEPT_MS, DELETION_UNDO_MS } from '../../domain/runs/deletion.ts';
import type { NamedTensor, RunRecord } from '../../domain/runs/run.ts';
import type { WorkerEvent } from '../../protocol/workerEvents.ts';
import { WriterLock, writerLock } from '../../storage/locks.ts';
import { RunStore } from '../../storage/runStore.ts';
import { recordOf } from '../../storage/testing/runs.ts';
import { type CheckpointVersion, notStored } from '../../storage/version.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { expectBothLanguages } from '../../util/testing/bothLanguages.ts';
import { type Keepable, Keeper } from './keeper.ts';

const NAME = 'workbench-keeper-test';
/** A run of no tensors, as it was opened or saved last. */
class Kept implements Keepable {
  version: CheckpointVersion;

  constructor(
    readonly record: RunRecord,
    from?: Kept,
  ) {
    this.version = from?.version ?? notStored;
  }

  async exportFinite(): Promise<readonly NamedTensor[]> {
    return [];
  }

  noteSaved(version: CheckpointVersion): void {
    this.version = version;
  }
}

/** One that fails to give its state as a full disk fails to take it. */
class Unstorable extends Kept {
  override async exportFinite(): Promise<never> {
    throw new WorkbenchError('storage.quota', { neededMB: 1 });
  }
}

let keeper: Keeper;
let events: WorkerEvent[];

const problems = () =>
  events.flatMap((event) => (event.type === 'error' ? [[event.code, event.kind]] : []));
/** The ids in the list of runs, as the page has it after all events. */
function shownRuns(): string[] | undefined {
  let shown: string[] | undefined;
  for (const event of events) {
    if (event.type === 'runs') shown = event.runs.map(({ id }) => id);
    if (event.type !== 'listedRun') continue;
    const others = (shown ?? []).filter((id) => id !== event.id);
    shown = event.run ? [event.id, ...others] : others;
  }
  return shown;
}

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
      await keeper.save(new Unstorable(recordOf('r', step)));
    }
    await keeper.save(new Unstorable(recordOf('another', 1)));
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

describe('while another tab trains', () => {
  let letGo: (() => void) | undefined;
  beforeEach(async () => {
    letGo = await new WriterLock(writerLock(NAME)).hold('long');
  });
  afterEach(() => letGo?.());

  it('training is refused in words', async () => {
    await expect(keeper.startWriting()).rejects.toThrow(/Another tab of this page is training/);
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
    await other.save(new Kept(recordOf('r', 1)));
    await expect.poll(shownRuns).toEqual(['r']);
  });

  it('never put older steps over newer ones', async () => {
    const here = new Kept(recordOf('r', 1));
    await keeper.save(here);
    await other.load('r');
    await other.save(new Kept(recordOf('r', 2), here));
    expect((await keeper.newsOf(here))?.record.step).toBe(2);
    // Whatever reads it for another purpose.
    await keeper.loadForExport('r');
    expect((await keeper.newsOf(here))?.record.step).toBe(2);
    await keeper.save(here);
    expect(await keeper.noteStatus(here, 'stopped')).toBeUndefined();
    expect(problems()).toEqual([['run.trainedElsewhere', undefined]]);
    expect((await keeper.load('r')).record).toMatchObject({ step: 2, status: 'paused' });
  });
});

describe('a run that another tab has removed and kept anew', () => {
  it('is news to whoever knows what it was before, and takes nothing of that', async () => {
    const here = new Kept(recordOf('r', 1));
    for (let i = 0; i < 3; i++) await keeper.save(here);
    const store = await RunStore.open(NAME);
    await store.setDeleted('r', 1);
    await store.removeHidden(1);
    store.close();
    const there = new Kept(recordOf('r', 2), here);
    await keeper.save(there);
    expect(there.version.generation).toBeLessThan(here.version.generation);
    expect((await keeper.newsOf(here))?.record.step).toBe(2);
    await expect(keeper.tensorsOf(here.record, here.version)).rejects.toMatchObject({
      code: 'run.trainedElsewhere',
    });
    expect(await keeper.amend(here)).toBe(false);
    expect(await keeper.noteStatus(here, 'stopped')).toBeUndefined();
    const test = (step: number) => ({ step, accuracy: 0.5, datasetName: 'MNIST' });
    await keeper.noteFigures('r', there.version, { test: test(2) });
    await keeper.noteFigures('r', here.version, { test: test(1) });
    expect((await keeper.load('r')).record).toMatchObject({ status: 'paused', test: test(2) });
  });
});

describe('what is noted of a checkpoint', () => {
  const rate = (learningRate: number) => [{ step: 1, learningRate }];

  it('is not written over by a tab that does not know it', async () => {
    const here = new Kept(recordOf('r', 1));
    await keeper.save(here);
    const there = new Kept({ ...recordOf('r', 1), rateChanges: rate(0.5) }, here);
    expect(await keeper.amend(there)).toBe(true);
    expect(await keeper.amend(here)).toBe(false);
    expect((await keeper.newsOf(here))?.record.rateChanges).toEqual(rate(0.5));
    await keeper.save(here);
    expect(problems()).toEqual([['run.trainedElsewhere', undefined]]);
    expect((await keeper.load('r')).record.rateChanges).toEqual(rate(0.5));
  });

  it('goes with the checkpoint under way, not with the one before', async () => {
    const run = new Kept(recordOf('r', 1));
    await keeper.save(run);
    const later = new Kept({ ...recordOf('r', 1), rateChanges: rate(0.5) }, run);
    const saving = keeper.save(later);
    expect(await keeper.amend(later)).toBe(true);
    await saving;
    expect(problems()).toEqual([]);
    expect(later.version).toMatchObject({ generation: 2, revision: 1 });
    expect((await keeper.load('r')).version).toEqual(later.version);
  });

  it('does not put a figure over that of a later step', async () => {
    const here = new Kept(recordOf('r', 1));
    await keeper.save(here);
    const there = new Kept(recordOf('r', 2), here);
    await keeper.save(there);
    const test = (step: number) => ({ step, accuracy: 0.5, datasetName: 'MNIST' });
    await keeper.noteFigures('r', there.version, { test: test(2) });
    await keeper.noteFigures('r', here.version, { test: test(1) });
    expect((await keeper.load('r')).record.test).toEqual(test(2));
  });
});

describe('a change of status', () => {
  it('is written into the checkpoint that there is, and rewrites no weights', async () => {
    const run = new Kept(recordOf('r', 1));
    await keeper.save(run);
    const later = new Unstorable(recordOf('r', 7), run);
    expect(await keeper.noteStatus(later, 'stopped')).toBe(1);
    const stored = await keeper.load('r');
    expect(stored.record).toMatchObject({ step: 1, status: 'stopped' });
    expect(stored.version).toMatchObject({ generation: 1, revision: 1 });
    expect(problems()).toEqual([]);
  });
});

describe('stored runs that are deleted under the page', () => {
  it('are told, and the list is empty', async () => {
    await keeper.save(new Kept(recordOf('r', 1)));
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
        await newer.save(new Kept(recordOf('r', 1)));
        return isStored();
      })
      .toBe(true);
    newer.close();
  });
});

describe('curves that cannot be read whole', () => {
  it('are told of once, however often the record of their run is read', async () => {
    await keeper.save(new Kept(recordOf('r', 1)));
    const database = await openDB(NAME);
    await database.clear('curves');
    database.close();
    for (let times = 0; times < 2; times++) {
      expect((await keeper.record('r')).history.training).toHaveLength(0);
      expect(problems()).toEqual([['storage.curvesUnreadable', undefined]]);
    }
  });
});

describe('all runs', () => {
  it('can be hidden and brought back', async () => {
    for (const id of ['a', 'b']) {
      await keeper.save(new Kept(recordOf(id, 1)));
    }
    await keeper.hide('a', 'b');
    expect(shownRuns()).toEqual([]);
    await keeper.restore('a', 'b');
    expect(shownRuns()?.toSorted()).toEqual(['a', 'b']);
  });
});

describe('a deleted run', () => {
  /** Deleted so long ago, and then the page was opened anew. */
  async function deletedBefore(milliseconds: number): Promise<void> {
    for (const id of ['a', 'b']) await keeper.save(new Kept(recordOf(id, 1)));
    const { now } = Date;
    Date.now = () => now() - milliseconds;
    try {
      await keeper.hide('a');
    } finally {
      Date.now = now;
    }
    keeper.close();
    keeper = new Keeper((event) => events.push(event), NAME);
    await keeper.open();
    isThere = await keeper.isThere('a');
    await keeper.tidy();
  }
  let isThere: boolean;

  it('is still there when the page has just ceased to offer it', async () => {
    await deletedBefore(DELETION_UNDO_MS + 5000);
    expect(isThere).toBe(true);
    await keeper.restore('a');
    expect(shownRuns()?.toSorted()).toEqual(['a', 'b']);
  });

  it('that is gone for good is not said to be back', async () => {
    await deletedBefore(DELETION_KEPT_MS + 5000);
    expect(isThere).toBe(false);
    expect(await keeper.isThere('b')).toBe(true);
    const refusal = await keeper.restore('a').catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'deletion.final' });
    expectBothLanguages(refusal as WorkbenchError);
    // Of several, those come back that are there.
    await keeper.hide('b');
    await keeper.restore('a', 'b');
    expect(shownRuns()).toEqual(['b']);
  });
});

describe('a deleted data set', () => {
  it('that is gone for good is not said to be back', async () => {
    await expect(keeper.datasets.restore('pets')).rejects.toMatchObject({ code: 'deletion.final' });
  });
});
