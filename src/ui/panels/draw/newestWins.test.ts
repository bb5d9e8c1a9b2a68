import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NewestWins } from './newestWins.ts';

describe('the newest wins', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => vi.useRealTimers());

  /** Work that lasts so long; notes what was worked on, and when. */
  const workLasting = (ms: number) => {
    const begun: { value: number; at: number }[] = [];
    const start = performance.now();
    const queue = new NewestWins<number>((value) => {
      begun.push({ value, at: performance.now() - start });
      return new Promise((resolve) => setTimeout(resolve, ms));
    }, 30);
    return { begun, queue };
  };

  it('begins at once, then waits out the interval', async () => {
    const { begun, queue } = workLasting(1);
    for (let value = 1; value <= 10; value++) {
      queue.ask(value);
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(100);
    expect(begun.map(({ at }) => at)).toEqual([0, 30, 60, 90, 120]);
    expect(begun.at(-1)?.value).toBe(10);
  });

  it('has one thing in work, and skips all but the newest of the rest', async () => {
    const { begun, queue } = workLasting(200);
    for (const value of [1, 2, 3]) queue.ask(value);
    await vi.advanceTimersByTimeAsync(199);
    expect(begun).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(300);
    expect(begun.map(({ value }) => value)).toEqual([1, 3]);
  });

  it('forgets what waits', async () => {
    const { begun, queue } = workLasting(1);
    queue.ask(1);
    queue.ask(2);
    queue.forget();
    await vi.advanceTimersByTimeAsync(200);
    expect(begun.map(({ value }) => value)).toEqual([1]);
    queue.ask(3);
    await vi.advanceTimersByTimeAsync(200);
    expect(begun.at(-1)?.value).toBe(3);
  });
});
