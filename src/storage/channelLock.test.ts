import { describe, expect, it } from 'vitest';
import { lockOverChannel } from './channelLock.ts';

/** Tabs of one browser that ask for one lock; channels of one process hear each other as tabs do. */
const SILENCE_MS = 200;
let count = 0;
const ask = (name: string) => lockOverChannel(name, SILENCE_MS);
const newName = () => `test lock ${++count}`;

describe('a lock without Web Locks', () => {
  it('is given to one who asks alone, again and again', async () => {
    const name = newName();
    for (let i = 0; i < 3; i++) {
      const letGo = await ask(name);
      expect(letGo).toBeDefined();
      letGo?.();
    }
  });

  it('is refused while another has it, and free as soon as it is let go', async () => {
    const name = newName();
    const letGo = await ask(name);
    expect(await ask(name)).toBeUndefined();
    letGo?.();
    const next = await ask(name);
    expect(next).toBeDefined();
    next?.();
  });

  it('is given to one at most, however many ask at once or shortly after each other', async () => {
    for (const waitMs of [0, SILENCE_MS / 10, SILENCE_MS / 2]) {
      const name = newName();
      const asked = Array.from({ length: 5 }, async (_, i) => {
        await new Promise((resolve) => setTimeout(resolve, i * waitMs));
        return ask(name);
      });
      const given = (await Promise.all(asked)).filter((letGo) => letGo !== undefined);
      expect(given.length).toBeLessThanOrEqual(1);
      for (const letGo of given) letGo();
    }
  });

  it('knows its name', async () => {
    const given = await Promise.all([ask(newName()), ask(newName())]);
    for (const letGo of given) {
      expect(letGo).toBeDefined();
      letGo?.();
    }
  });
});
