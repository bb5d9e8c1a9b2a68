import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RunStore } from '../../storage/runStore.ts';
import { deferred } from '../../util/deferred.ts';
import { FIRST_SITE } from '../../util/siteName.ts';
import { bringTinySet, openSession, sessionRecipe } from '../testing/tinySession.ts';

const INTERVAL = 5;
const recipe = { ...sessionRecipe, steps: 23, checkpointInterval: INTERVAL };

beforeEach(() => deleteDB(FIRST_SITE));
afterEach(() => {
  vi.restoreAllMocks();
  return deleteDB(FIRST_SITE);
});

it('steps are made while a checkpoint is written, which is of the step that it says', async () => {
  const { session, events } = await openSession('wasm');
  await bringTinySet(session);
  const released = deferred<void>();
  const kept: { readonly step: number; readonly points: number; readonly updates: number }[] = [];
  const { save } = RunStore.prototype;
  vi.spyOn(RunStore.prototype, 'save').mockImplementation(async function (
    this: RunStore,
    record,
    tensors,
    known,
  ) {
    await released.promise;
    const updates = tensors.find(({ name }) => name === 'adam/updates')?.values[0] ?? -1;
    kept.push({ step: record.step, points: record.history.training.length, updates });
    return save.call(this, record, tensors, known);
  });
  const lastStep = () =>
    events.reduce(
      (last, event) => (event.type === 'step' ? (event.points.at(-1)?.step ?? last) : last),
      0,
    );
  const training = session.train(recipe);
  // One more waits for the first, and no third is taken from the run.
  await expect.poll(lastStep).toBe(2 * INTERVAL);
  expect(kept).toEqual([]);
  released.resolve();
  await training;
  expect(kept).toEqual([5, 10, 15, 20, 23].map((step) => ({ step, points: step, updates: step })));
});
