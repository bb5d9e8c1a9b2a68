import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorkbenchError } from './errors.ts';
import { settles } from './settles.ts';
import { expectBothLanguages } from './testing/bothLanguages.ts';

describe('an answer that is waited for', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is given on, and so is a refusal, and no clock runs on', async () => {
    expect(await settles(Promise.resolve(7), 1000, 'wait.threads')).toBe(7);
    const refused = settles(Promise.reject(new Error('no')), 1000, 'wait.threads');
    await expect(refused).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is given up in words when it does not come', async () => {
    const never = new Promise<never>(() => undefined);
    const outcome = settles(never, 3000, 'wait.threads').catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(3000);
    const error = await outcome;
    expect(error).toBeInstanceOf(WorkbenchError);
    if (error instanceof WorkbenchError) expectBothLanguages(error, '3');
  });
});
