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
    const first = line.ask('look', task('first', end.promise));
    const second = line.ask('look', task('second'));
    const third = line.ask('look', task('third'));
    await expect(second).rejects.toMatchObject({ code: 'inside.overtaken' });
    expect(done).toEqual([]);
    end.resolve();
    expect(await Promise.all([first, third])).toEqual(['first', 'third']);
    expect(done).toEqual(['first', 'third']);
    expect(await line.ask('look', task('fourth'))).toBe('fourth');
  });

  it('gives way to nothing of another kind, and has one pace with it', async () => {
    const done: string[] = [];
    const line = new LatestAlone<'inspect' | 'filters'>(() => {
      done.push('rest');
      return 0;
    });
    const asked = (['inspect', 'filters', 'inspect', 'filters'] as const).map((kind, i) =>
      line.ask(kind, async () => {
        done.push(`${kind} ${i}`);
      }),
    );
    await expect(asked[1]).rejects.toMatchObject({ code: 'inside.overtaken' });
    await Promise.all([asked[0], asked[2], asked[3]]);
    expect(done.slice(0, 5)).toEqual(['inspect 0', 'rest', 'filters 3', 'rest', 'inspect 2']);
  });

  it('is done though what came before failed', async () => {
    const line = new LatestAlone(() => 0);
    const failing = line.ask('look', async () => {
      throw new RangeError('no');
    });
    const next = line.ask('look', async () => 'next');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
  });

  it('waits until the pause is over, and no longer than it still has to', async () => {
    const HOUR_MS = 3_600_000;
    let pauseMs = HOUR_MS;
    const line = new LatestAlone(() => pauseMs);
    await line.ask('look', async () => undefined);
    const next = line.ask('look', async () => pauseMs);
    const newest = line.ask('look', async () => pauseMs);
    await expect(next).rejects.toMatchObject({ code: 'inside.overtaken' });
    pauseMs = 0;
    expect(await newest).toBe(0);
  });
});
