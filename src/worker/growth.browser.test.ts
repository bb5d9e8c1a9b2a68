import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { NamedTensor, RunRecord } from '../domain/runs/run.ts';
import type { WorkerEvent } from '../protocol/workerEvents.ts';
import { fullDrawing } from '../storage/testing/fullRecords.ts';
import { recordOf } from '../storage/testing/runs.ts';
import { type CheckpointVersion, notStored } from '../storage/version.ts';
import { DrawingCommands } from './keeping/drawingCommands.ts';
import { type Keepable, Keeper } from './keeping/keeper.ts';
import { Session } from './session.ts';
import type { Workspace } from './workspace.ts';

/**
 * What is done costs what has changed, not what there is: counted are the requests to the stores and the
 * numbers and texts that cross between them, the worker and the page.
 */

const NAME = 'workbench-growth-test';
const POINTS = 100;
let events: WorkerEvent[] = [];
let keeper: Keeper;

beforeEach(async () => {
  events = [];
  keeper = new Keeper((event) => events.push(event), NAME);
  await keeper.open();
});
afterEach(async () => {
  vi.restoreAllMocks();
  keeper.close();
  await deleteDB(NAME);
});

/** A run as the worker has it, after so many steps. */
class Growing implements Keepable {
  version: CheckpointVersion = notStored;
  record: RunRecord;

  constructor(
    readonly id: string,
    steps: number,
  ) {
    const record = recordOf(id, steps);
    const training = Array.from({ length: steps }, (_, i) => point(i + 1));
    this.record = { ...record, status: 'finished', history: { ...record.history, training } };
  }

  train(steps: number): void {
    const { step, history } = this.record;
    const made = Array.from({ length: steps }, (_, i) => point(step + i + 1));
    const training = [...history.training, ...made];
    this.record = { ...this.record, step: step + steps, history: { ...history, training } };
  }

  async exportFinite(): Promise<readonly NamedTensor[]> {
    return [{ name: 'a', shape: [10], values: new Float32Array(10) }];
  }

  noteSaved(version: CheckpointVersion): void {
    this.version = version;
  }
}

const point = (step: number) => ({ step, loss: 1 / step, accuracy: 0.5 });

/** How many bytes a value has, about: eight a number, one a letter. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.buffer.byteLength;
  if (value instanceof ArrayBuffer) return value.byteLength;
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce((sum, [key, one]) => sum + key.length + bytesOf(one), 0);
}

interface Cost {
  readonly requests: number;
  readonly bytes: number;
}

/** What a task asks of the stores and tells the page. */
async function costOf(task: () => Promise<unknown>): Promise<Cost> {
  let [requests, bytes] = [0, 0];
  for (const name of ['get', 'getAll', 'getKey', 'getAllKeys', 'count', 'put', 'delete'] as const) {
    const original = IDBObjectStore.prototype[name] as (...given: unknown[]) => IDBRequest;
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (
      this: IDBObjectStore,
      ...given: unknown[]
    ) {
      requests += 1;
      if (name === 'put') bytes += bytesOf(given[0]);
      const request = original.apply(this, given);
      request.addEventListener('success', () => {
        bytes += bytesOf(request.result);
      });
      return request;
    } as never);
  }
  events = [];
  await task();
  vi.restoreAllMocks();
  return { requests, bytes: bytes + bytesOf(events) };
}

const aCheckpoint = async (run: Growing): Promise<Cost> => {
  await keeper.save(run);
  // The third drops the first, as each does from then on.
  await keeper.save(run);
  run.train(POINTS);
  return costOf(() => keeper.save(run));
};

function expectAlike(large: Cost, small: Cost): void {
  expect(small.requests).toBeGreaterThan(0);
  expect(large.requests).toBe(small.requests);
  expect(large.bytes / small.bytes).toBeLessThan(1.1);
  expect(large.bytes / small.bytes).toBeGreaterThan(0.9);
}

it('a checkpoint costs the same beside fifty runs as beside one', async () => {
  await keeper.save(new Growing('other', 1000));
  const small = await aCheckpoint(new Growing('a', 1000));
  for (let i = 0; i < 50; i++) {
    const other = new Growing(`run ${i}`, 100);
    for (let times = 0; times < 2; times++) await keeper.save(other);
  }
  expectAlike(await aCheckpoint(new Growing('b', 1000)), small);
});

it('a checkpoint costs the same after 100,000 steps as after 1,000', async () => {
  const small = await aCheckpoint(new Growing('a', 1000));
  expectAlike(await aCheckpoint(new Growing('b', 100_000)), small);
});

it('keeping a drawing costs the same as the 300th as the first, and is one write and one event', async () => {
  const workspace = { site: NAME, keeper, emit: (event: WorkerEvent) => events.push(event) };
  const commands = new DrawingCommands(workspace as unknown as Workspace);
  await commands.show();
  events = [];
  const pixels = new Uint8Array(28 * 28);
  pixels.fill(255, 300, 480);
  const keep = () => commands.keep({ name: 'a', width: 28, height: 28, pixels, ink: 'light' }, '7');
  const writes = vi.spyOn(IDBObjectStore.prototype, 'put');
  await keep();
  expect(writes).toHaveBeenCalledTimes(1);
  expect(events.map(({ type }) => type)).toEqual(['changedDrawings']);
  vi.restoreAllMocks();
  const small = await costOf(keep);
  for (let i = 0; i < 298; i++) await keep();
  expectAlike(await costOf(keep), small);
  expect(await commands.list()).toHaveLength(301);
});

it('the page can train after two requests for all runs, and is shown drawings after that', async () => {
  const RUNS = 20;
  const DRAWINGS = 120;
  for (let i = 0; i < RUNS; i++) await keeper.save(new Growing(`run ${i}`, 100));
  await keeper.drawings.put(Array.from({ length: DRAWINGS }, (_, i) => fullDrawing(`${i}`)));
  keeper.close();
  const read: string[] = [];
  for (const name of ['get', 'getAll'] as const) {
    const original = IDBObjectStore.prototype[name] as (...given: unknown[]) => IDBRequest;
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (
      this: IDBObjectStore,
      ...given: unknown[]
    ) {
      read.push(this.name);
      return original.apply(this, given);
    } as never);
  }
  let readBefore: readonly string[] | undefined;
  let listed = 0;
  let shown = 0;
  const session = new Session((event) => {
    if (event.type === 'phase' && event.phase === 'idle') readBefore ??= [...read];
    if (event.type === 'runs') listed = event.runs.length;
    if (event.type === 'drawings') shown = event.drawings.length;
  }, NAME);
  const options = { engine: 'wasm', tuning: 'off', threads: 1, safe: true } as const;
  await session.start({ ...options, siteUrl: location.href });
  expect(listed).toBe(RUNS);
  const times = (store: string) => readBefore?.filter((name) => name === store).length;
  expect(['runs', 'commits', 'drawings'].map(times)).toEqual([1, 1, 0]);
  await expect.poll(() => shown).toBe(DRAWINGS);
});
