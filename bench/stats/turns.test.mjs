import { describe, expect, it } from 'vitest';
import { rotated, timeInTurns } from './turns.mjs';

/** Racers of which each takes so long for its work, on a clock that they alone move. */
function racersOf(/** @type {Record<string, number>} */ msOf) {
  let time = 0;
  /** @type {{ id: string, times: number }[]} */
  const calls = [];
  const racers = Object.entries(msOf).map(([id, ms]) => ({
    id,
    async run(/** @type {number} */ times) {
      calls.push({ id, times });
      time += times * ms;
    },
  }));
  return { racers, calls, now: () => time };
}

const quiet = { tell: () => {}, burstMs: 100, warmUpMs: 300 };

describe('timing in turns', () => {
  it('divides the time of a burst by its length', async () => {
    const { racers, now } = racersOf({ fast: 2, slow: 1000 });
    const [fast, slow] = await timeInTurns(racers, { ...quiet, rounds: 3, now });
    expect(fast).toMatchObject({ id: 'fast', burst: 50, roundsMs: [2, 2, 2] });
    expect(slow).toMatchObject({ id: 'slow', burst: 1, ms: { fastest: 1000, slowest: 1000 } });
  });

  it('warms everybody up for as long, at least by one turn of the work', async () => {
    const { racers, calls, now } = racersOf({ fast: 1, slow: 5000 });
    const results = await timeInTurns(racers, { ...quiet, rounds: 1, now });
    const spent = (/** @type {string} */ id, /** @type {number} */ ms) =>
      calls.filter((call) => call.id === id).reduce((sum, { times }) => sum + times * ms, 0) -
      ms * (results.find((each) => each.id === id)?.burst ?? 0);
    expect(spent('fast', 1)).toBeGreaterThanOrEqual(300);
    expect(spent('fast', 1)).toBeLessThan(500);
    expect(spent('slow', 5000)).toBe(5000);
    expect(results.map(({ warmUps }) => warmUps)).toEqual([301, 1]);
  });

  it('begins every round with the next one', async () => {
    const { racers, calls, now } = racersOf({ a: 1000, b: 1000, c: 1000 });
    await timeInTurns(racers, { ...quiet, rounds: 3, now });
    expect(calls.slice(3).map(({ id }) => id)).toEqual([...'abc', ...'bca', ...'cab']);
  });

  it('rotates lists of any length', () => {
    expect(rotated([], 5)).toEqual([]);
    expect(rotated([1, 2], 3)).toEqual([2, 1]);
  });
});
