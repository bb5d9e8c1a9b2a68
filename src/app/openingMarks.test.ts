import { describe, expect, it } from 'vitest';
import { openingMarks } from './openingMarks.ts';

/** A browser's memory, and which of its pages live; a page that dies takes nothing away. */
function browser() {
  const kept = new Map<string, string>();
  const living = new Set<string>();
  const memory = {
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  let pages = 0;
  return {
    kept,
    page() {
      pages += 1;
      const mark = `site:opening:${pages}`;
      living.add(mark);
      const isAlive = async (other: string) => living.has(other);
      const marks = openingMarks(memory, isAlive, String(pages), 'site');
      return { marks, die: () => living.delete(mark) };
    },
  };
}

const run = (id: string) => ({ kind: 'run', id }) as const;

describe('what a page was opening', () => {
  it('is passed over where the page died of it, again and again, until it was opened well', async () => {
    const { page, kept } = browser();
    const first = page();
    first.marks.begin(run('bad'));
    first.die();
    const second = page();
    expect(await second.marks.passedOver()).toEqual(['bad']);
    second.die();
    const third = page();
    expect(await third.marks.passedOver()).toEqual(['bad']);
    third.marks.begin(run('bad'));
    third.marks.end();
    third.marks.passOver([]);
    third.die();
    expect(await page().marks.passedOver()).toEqual([]);
    expect(kept.size).toBe(0);
  });

  it('is what a page says that lives on, beside what others have noted since', async () => {
    const { page } = browser();
    const [first, second] = [page(), page()];
    await first.marks.passedOver();
    await second.marks.passedOver();
    first.marks.passOver(['a']);
    second.marks.passOver(['b']);
    expect(await page().marks.passedOver()).toEqual(['a', 'b']);
    // Opened well there; of the other's it knows nothing.
    first.marks.passOver([]);
    expect(await page().marks.passedOver()).toEqual(['b']);
  });

  it('is not passed over where it was opened, or the page was left', async () => {
    const { page } = browser();
    const first = page();
    first.marks.begin(run('good'));
    first.marks.end();
    first.die();
    expect(await page().marks.passedOver()).toEqual([]);
  });

  it('is not passed over while another page that lives still opens it', async () => {
    const { page } = browser();
    page().marks.begin(run('large'));
    expect(await page().marks.passedOver()).toEqual([]);
  });

  it('is one of many at most, and whatever else lies there is no name', async () => {
    const { page, kept } = browser();
    kept.set('site:passed-over', '{"not": "a list"}');
    for (let i = 0; i < 200; i++) {
      const dying = page();
      dying.marks.begin(run(`run ${i}`));
      dying.die();
    }
    await page().marks.passedOver();
    const kepts = await page().marks.passedOver();
    expect(kepts).toHaveLength(50);
    expect(kepts.at(-1)).toBe('run 199');
  });
});
