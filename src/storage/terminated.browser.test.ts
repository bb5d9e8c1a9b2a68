import { deleteDB } from 'idb';
import { afterEach, expect, it } from 'vitest';
import { deferred } from '../util/deferred.ts';
import { faultRandom, faultTimes } from '../util/testing/faults.ts';
import { RunStore } from './runStore.ts';
import type { WriterNews } from './testing/checkpointWriter.ts';

const NAME = 'workbench-terminated-test';
afterEach(() => deleteDB(NAME));

/**
 * Ends a worker while it writes its second checkpoint: after so much of the time that the first took,
 * so that the end falls on every part of one. Gives what it had said until then.
 */
async function endInMidWrite(from: number, share: number) {
  const worker = new Worker(new URL('./testing/checkpointWriter.ts', import.meta.url), {
    type: 'module',
  });
  const said = { saved: from - 1, writing: from };
  const begun = performance.now();
  const second = deferred<void>();
  worker.onmessage = ({ data }: MessageEvent<WriterNews>) => {
    Object.assign(said, data);
    if (said.writing > from) second.resolve();
  };
  worker.onerror = ({ message }) => second.reject(new Error(message));
  worker.postMessage({ name: NAME, from });
  await second.promise;
  const waitMs = (share * (performance.now() - begun)) / 2;
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  worker.terminate();
  return said;
}

it('the newest complete checkpoint is there after the end of a worker that was writing one', async ({
  task,
}) => {
  const random = faultRandom(2);
  const times = faultTimes(50, 5);
  let [next, survived, cutOff] = [1, 0, 0];
  for (let i = 0; i < times; i++) {
    const { saved, writing } = await endInMidWrite(next, i === 0 ? 0 : random());
    const store = await RunStore.open(NAME);
    // Loading compares the hash of every part; what was said to be saved may be followed by one more.
    const { record, tensors, damaged } = await store.load('r');
    expect(damaged).toEqual([]);
    expect(record.step).toBeGreaterThanOrEqual(saved);
    expect(record.step).toBeLessThanOrEqual(saved + 1);
    expect(tensors[1]?.values.every((value) => value === record.step)).toBe(true);
    if (writing > record.step) cutOff++;
    survived++;
    await store.sweep();
    store.close();
    next = record.step + 1;
  }
  expect(cutOff).toBeGreaterThan(0);
  const words = 'worker terminated while it wrote a checkpoint';
  task.meta.fault = { case: 2, words, injected: times, survived };
});
