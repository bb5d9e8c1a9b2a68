import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isResting } from '../protocol/phases.ts';
import { untilBundled } from '../testing/model/untilBundled.ts';
import { tinyRecipe } from '../training/testing/tinyRun.ts';
import { type Client, createClient } from './client.ts';
import type { WorkbenchState } from './state.ts';
import { createWorkbenchStore, type WorkbenchStore } from './store.ts';
import { tinyFiles } from './testing/tinyFiles.ts';

const recipe = { ...tinyRecipe, architecture: 'lenet5', steps: 2 } as const;
const PATIENCE = { timeout: 30_000 };

interface Visit {
  readonly store: WorkbenchStore;
  readonly client: Client;
  /** Ends the worker as a crash does. */
  readonly die: () => void;
}

let workers: Worker[] = [];
beforeAll(untilBundled, 300_000);
afterEach(() => {
  for (const worker of workers) worker.terminate();
  workers = [];
});

/** A page that opens what was used last, but for what it is told to pass over; or nothing. */
async function visit({ safe = false, passedOver = [] as readonly string[] } = {}): Promise<Visit> {
  const store = createWorkbenchStore(recipe, 'wasm');
  store.setState({ passedOver });
  const makeWorker = () => {
    const worker = new Worker('/bundled-workers/worker.js', { type: 'module' });
    workers.push(worker);
    return worker;
  };
  const client = createClient(makeWorker, store, true);
  const die = () => {
    workers.at(-1)?.terminate();
    workers.at(-1)?.dispatchEvent(new ErrorEvent('error', { message: 'ended' }));
  };
  await client.start({ engine: 'wasm', siteUrl: location.href, tuning: 'off', threads: 1, safe });
  return { store, client, die };
}

/** Has the worker die of what it opens next of this kind. */
function dieOfOpening({ store, die }: Visit, kind: 'run' | 'dataset'): void {
  const stop = store.subscribe(({ opening }) => {
    if (opening?.kind !== kind) return;
    stop();
    die();
  });
}

/** Another worker is at rest, and the page shows this of it: what was not opened goes a moment later. */
const untilAnew = ({ store }: Visit, shown: Record<'run' | 'dataset', unknown>, workersMade = 2) =>
  expect
    .poll(() => {
      const { phase, run, dataset } = store.getState();
      return { run, dataset, isResting: isResting(phase), workersMade: workers.length };
    }, PATIENCE)
    .toMatchObject({ ...shown, isResting: true, workersMade });

const codesOf = ({ notices }: WorkbenchState) => notices.map(({ code }) => code);

describe('what a worker died of while it opened it', () => {
  let kept: { readonly run: string; readonly set: string };
  beforeEach(async () => {
    const { client } = await visit({ safe: true });
    const { id: set } = await client.importDataset(tinyFiles());
    const { id: run } = await client.train();
    kept = { run, set };
    for (const worker of workers) worker.terminate();
    workers = [];
  });

  it('is a run: the next worker has the data set again and not the run, nor shows it the page', async () => {
    const page = await visit();
    expect(page.store.getState().run?.record.id).toBe(kept.run);
    dieOfOpening(page, 'run');
    const opened = page.client.openRun(kept.run);
    await expect(opened).rejects.toMatchObject({ code: 'worker.restarted' });
    const dataset = { status: 'ready', summary: { id: kept.set } };
    await untilAnew(page, { run: undefined, dataset });
    const state = page.store.getState();
    expect(codesOf(state)).toEqual(['worker.failed', 'worker.restarted', 'start.passedOverRun']);
    expect(state.passedOver).toEqual([kept.run]);

    // Who asks for it all the same has it, and it is nothing that one dies of any more.
    await page.client.openRun(kept.run);
    expect(page.store.getState()).toMatchObject({ run: { step: 2 }, passedOver: [] });
  });

  it('is a data set: the next worker has the run again and not the set, nor shows it the page', async () => {
    const page = await visit();
    dieOfOpening(page, 'dataset');
    const opened = page.client.openDataset(kept.set);
    await expect(opened).rejects.toMatchObject({ code: 'worker.restarted' });
    await untilAnew(page, { run: { step: 2 }, dataset: { status: 'absent' } });
    const state = page.store.getState();
    expect(codesOf(state)).toEqual(['worker.failed', 'worker.restarted', 'start.passedOverSet']);
    expect(state.passedOver).toEqual([kept.set]);
    expect((await page.client.openDataset(kept.set)).id).toBe(kept.set);
    expect(page.store.getState().passedOver).toEqual([]);
  });

  it('is passed over at the first start too, by the one list that the page keeps', async () => {
    const page = await visit({ passedOver: [kept.run, kept.set] });
    const state = page.store.getState();
    expect(codesOf(state).sort()).toEqual(['start.passedOverRun', 'start.passedOverSet']);
    expect(state).toMatchObject({ run: undefined, passedOver: [kept.run, kept.set] });
  });
});

describe('another worker on a page of a safe start', () => {
  it('opens the run and the data set that were opened there, and else nothing', async () => {
    const page = await visit({ safe: true });
    expect(page.store.getState()).toMatchObject({ run: undefined, dataset: { status: 'absent' } });
    page.die();
    await untilAnew(page, { run: undefined, dataset: { status: 'absent' } });

    const { id: set } = await page.client.importDataset(tinyFiles());
    const { id: run } = await page.client.train();
    const before = page.store.getState();
    page.die();
    const isAnew = (part: 'run' | 'dataset') => page.store.getState()[part] !== before[part];
    await expect.poll(() => isAnew('run') && isAnew('dataset'), PATIENCE).toBe(true);
    const dataset = { status: 'ready', summary: { id: set } };
    await untilAnew(page, { run: { record: { id: run } }, dataset }, 3);
  });
});
