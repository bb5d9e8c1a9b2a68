import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WorkerEvent } from '../../protocol/workerEvents.ts';
import { Connection } from '../../storage/connection.ts';
import {
  fullCommit,
  fullDataset,
  fullDrawing,
  fullNote,
} from '../../storage/testing/fullRecords.ts';
import { type SpoiledRecord, spoiledStores } from '../../storage/testing/spoiledStores.ts';
import { Keeper } from '../keeping/keeper.ts';

/**
 * A browser in which every way of spoiling a record has been met at once, each in a run, a set or a
 * drawing of its own, beside good ones.
 */

const NAME = 'workbench-spoiled-test';
const GOOD = ['good 1', 'good 2', 'good 3'];
let events: WorkerEvent[] = [];
let keeper: Keeper;

beforeEach(async () => {
  events = [];
  (await Connection.open(NAME)).close();
});

afterEach(async () => {
  keeper.close();
  await deleteDB(NAME);
});

const ofType = <T extends WorkerEvent['type']>(type: T) =>
  events.filter((event): event is Extract<WorkerEvent, { type: T }> => event.type === type);

it('all other runs, sets and drawings are listed, and each of the rest is named', async () => {
  const { runs: notes, commits, datasets, drawings } = spoiledStores();
  const database = await openDB(NAME);
  for (const id of [...GOOD, ...notes.map(({ id }) => id)]) {
    await database.put('commits', fullCommit(id));
  }
  for (const id of [...GOOD, ...commits.map(({ id }) => id)]) {
    await database.put('runs', fullNote(id));
  }
  for (const { value } of notes) await database.put('runs', value);
  for (const { value } of commits) await database.put('commits', value);
  for (const id of GOOD) await database.put('datasets', fullDataset(id));
  for (const id of GOOD) await database.put('drawings', fullDrawing(id));
  for (const { value } of datasets) await database.put('datasets', value);
  for (const { value } of drawings) await database.put('drawings', value);
  database.close();

  keeper = new Keeper((event) => events.push(event), NAME);
  await keeper.open();
  const listedDrawings = await keeper.drawings.listAll();

  const readable = (all: readonly SpoiledRecord[]) =>
    [...GOOD, ...all.filter(({ isReadable }) => isReadable).map(({ id }) => id)].sort();
  const unreadable = (all: readonly SpoiledRecord[]) =>
    all
      .filter(({ isReadable }) => !isReadable)
      .map(({ id }) => id)
      .sort();
  const ids = (all: readonly { id: string }[] = []) => all.map(({ id }) => id).sort();
  const runs = [...notes, ...commits];
  expect(runs.length).toBeGreaterThan(300);
  expect(ids(ofType('runs').at(-1)?.runs)).toEqual(readable(runs));
  expect(ids(ofType('datasets').at(-1)?.datasets)).toEqual(readable(datasets));
  expect(ids(listedDrawings.readable)).toEqual(readable(drawings));
  const named = (kind: string) =>
    ids(ofType('unreadable').findLast((event) => event.kind === kind)?.records);
  expect(named('run')).toEqual(unreadable(runs));
  expect(named('dataset')).toEqual(unreadable(datasets));
  expect(ids(listedDrawings.unreadable)).toEqual(unreadable(drawings));
  // Said once of runs and once of sets; that drawings are missing is said where they are shown.
  expect(ofType('error').map(({ code, kind, params }) => [code, kind, params?.count])).toEqual([
    ['storage.leftUnread', 'warning', unreadable(runs).length],
    ['storage.leftUnread', 'warning', unreadable(datasets).length],
  ]);

  // A good one opens by its checkpoint, and what cannot be read can be deleted and brought back.
  expect((await keeper.record('good 2')).step).toBe(3);
  const [first = ''] = unreadable(runs);
  await keeper.hide(first);
  expect(named('run')).not.toContain(first);
  await keeper.restore(first);
  expect(named('run')).toContain(first);
}, 60_000);

it('what cannot be read is handed out as it lies there', async () => {
  const database = await openDB(NAME);
  await database.put('runs', { id: 'r', name: null, of: new Map([[1, 'one']]) });
  await database.put('commits', { runId: 'r', generation: 4, record: undefined });
  await database.put('chunks', Uint8Array.of(1, 2).buffer, ['r', 4, 0]);
  database.close();
  keeper = new Keeper((event) => events.push(event), NAME);
  await keeper.open();
  const parts = [];
  for await (const part of keeper.raw('run', 'r')) parts.push(part);
  expect(parts.map(({ name }) => name)).toEqual(['runs', 'commits/4', 'chunks/4-0']);
  expect(parts[0]?.value).toEqual({ id: 'r', name: null, of: new Map([[1, 'one']]) });
  expect(parts[2]?.value).toEqual(Uint8Array.of(1, 2).buffer);
});
