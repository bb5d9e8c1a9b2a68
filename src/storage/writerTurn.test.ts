import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lockOverChannel } from './channelLock.ts';
import { WriterLock } from './locks.ts';

/** A page over plain http has no Web Locks; channels of one process hear each other as tabs do. */
beforeAll(() => vi.stubGlobal('navigator', {}));
afterAll(() => vi.unstubAllGlobals());

const MUCH_PATIENCE_MS = 10_000;

describe.concurrent('the turn to write runs, without Web Locks', () => {
  it('comes once another tab is done that has it for a moment', async () => {
    const name = 'test turn: brief';
    const letGo = await new WriterLock(name).hold('brief');
    setTimeout(() => letGo?.(), 2500);
    const turn = await new WriterLock(name).hold('brief', MUCH_PATIENCE_MS);
    expect(turn).toBeDefined();
    turn?.();
  });

  it('is refused at once where another tab trains', async () => {
    const name = 'test turn: long';
    const letGo = await new WriterLock(name).hold('long');
    const begunAt = performance.now();
    expect(await new WriterLock(name).hold('brief', MUCH_PATIENCE_MS)).toBeUndefined();
    expect(performance.now() - begunAt).toBeLessThan(MUCH_PATIENCE_MS / 2);
    letGo?.();
  });

  it('is given up in a bounded time where the other one neither ends nor trains', async () => {
    const name = 'test turn: silent';
    const letGo = await lockOverChannel(name, 100);
    expect(await new WriterLock(name).hold('brief', 500)).toBeUndefined();
    letGo?.();
  });
});
