import { afterEach, describe, expect, it } from 'vitest';
import { deferred } from '../../util/deferred.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { expectBothLanguages } from '../../util/testing/bothLanguages.ts';
import { alone } from './datasetTurn.ts';

/** Tabs without Web Locks; channels of one process hear each other as tabs do. */
const PAUSE_MS = 100;
let count = 0;
let name = '';
let ear: BroadcastChannel | undefined;

const overChannel = (mostMs: number) => ({
  ...{ name, locks: null, pauseMs: PAUSE_MS, mostMs },
});

/** Begins a task that lasts until it is told to end. */
async function occupy(): Promise<{ end: () => void; ended: Promise<void> }> {
  const [begun, end] = [deferred<void>(), deferred<void>()];
  const task = () => {
    begun.resolve();
    return end.promise;
  };
  const ended = alone(task, overChannel(10_000));
  await begun.promise;
  return { end: end.resolve, ended };
}

afterEach(() => ear?.close());

describe('a turn to write data sets, without Web Locks', () => {
  it('comes when the other tab is done, and is asked for with pauses', async () => {
    name = `test turn ${++count}`;
    const other = await occupy();
    let asked = 0;
    ear = new BroadcastChannel(name);
    ear.onmessage = ({ data }) => {
      if (data.type === 'ask') asked++;
    };
    let isDone = false;
    const turn = alone(async () => {
      isDone = true;
      return 7;
    }, overChannel(30_000));
    await new Promise((resolve) => setTimeout(resolve, 10 * PAUSE_MS));
    expect(isDone).toBe(false);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(11);
    other.end();
    await other.ended;
    expect(await turn).toBe(7);
  });

  it('is given up in words where the other tab never ends', async () => {
    name = `test turn ${++count}`;
    const other = await occupy();
    const outcome = await alone(async () => 7, overChannel(1000)).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(WorkbenchError);
    if (outcome instanceof WorkbenchError) expectBothLanguages(outcome, '1');
    other.end();
    await other.ended;
  });
});
