import { describe, expect, it } from 'vitest';
import { deferred } from '../../util/deferred.ts';
import { LatestAlone } from './latestAlone.ts';

describe('what is asked while something is under way', () => {
  it('waits for its end, and gives way to what is asked later', async () => {
    const line = new LatestAlone(() => 0);
    const done: string[] = [];
    const end = deferred<void>();
    const task =
      (name: string, until = Promise.resolve()) =>
      async () => {
        await until;
        done.push(name);
        return name;
      };
    const first = line.ask(task('first', end.promise));
    const second = line.ask(task('second'));
    const third = line.ask(task('third'));
    await expect(second).rejects.toMatchObject({ code: 'inside.overtaken' });
    expect(done).toEqual([]);
    end.resolve();
    expect(await Promise.all([first, third])).toEqual(['first', 'third']);
    expect(done).toEqual(['first', 'third']);
    expect(await line.ask(task('fourth'))).toBe('fourth');
  });

  it('is done though what came before failed', async () => {
    const line = new LatestAlone(() => 0);
    const failing = line.ask(async () => {
      throw new RangeError('no');
    });
    const next = line.ask(async () => 'next');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
  });

  it('waits until the pause is over', async () => {
    const pauses: number[] = [];
    const line = new LatestAlone((tookMs) => {
      pauses.push(tookMs);
      return 5;
    });
    await line.ask(async () => undefined);
    const next = line.ask(async () => pauses.length);
    const newest = line.ask(async () => pauses.length);
    await expect(next).rejects.toMatchObject({ code: 'inside.overtaken' });
    expect(await newest).toBe(1);
  });
});
