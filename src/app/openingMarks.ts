import type { Opening } from '../protocol/workerEvents.ts';
import { newId } from '../util/newId.ts';
import { settles } from '../util/settles.ts';
import { siteName } from './siteName.ts';

/**
 * Notes in this browser what the page is opening, and takes the note away after. A note that a page left
 * which lives no more names what it died of: that is passed over from then on, until it was opened well.
 */
export interface OpeningMarks {
  /** What is not to be opened by itself, of what this page and those before it died of. */
  passedOver(): Promise<readonly string[]>;
  /** From now on this is what this page passes over; what other pages have noted since stays. */
  passOver(ids: readonly string[]): void;
  begin(opening: Opening): void;
  /** The page is left, or what was begun is over. */
  end(): void;
}

/** More than that nobody passes over; the oldest are tried again. */
const MOST_PASSED_OVER = 50;

type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** @param isAlive whether the page that left the note is still there */
export function openingMarks(
  memory: Memory,
  isAlive: (mark: string) => Promise<boolean>,
  page = newId(),
  site = siteName(),
): OpeningMarks {
  const marks = `${site}:opening:`;
  const list = `${site}:passed-over`;
  const own = `${marks}${page}`;
  const write = (ids: readonly string[]) => {
    if (ids.length > 0) memory.setItem(list, JSON.stringify(ids.slice(-MOST_PASSED_OVER)));
    else memory.removeItem(list);
  };
  /** As this page knows it. */
  let known: readonly string[] = [];
  return {
    async passedOver() {
      const keys = Array.from({ length: memory.length }, (_, i) => memory.key(i) ?? '');
      const ids = new Set(idsIn(memory.getItem(list)));
      for (const key of keys) {
        if (!key.startsWith(marks) || key === own || (await isAlive(key))) continue;
        ids.add(memory.getItem(key) ?? '');
        memory.removeItem(key);
      }
      const all = [...ids].filter((id) => id !== '');
      write(all);
      known = all;
      return all;
    },
    passOver(ids) {
      const isOpened = (id: string) => known.includes(id) && !ids.includes(id);
      const others = idsIn(memory.getItem(list)).filter((id) => !isOpened(id));
      write([...new Set([...others, ...ids])]);
      known = ids;
    },
    begin: ({ id }) => memory.setItem(own, id),
    end: () => memory.removeItem(own),
  };
}

function idsIn(text: string | null): readonly string[] {
  try {
    const ids: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

const ANSWER_MS = 1000;

/** Each page holds a lock of its note's name as long as it lives; without locks a page counts as gone. */
export async function browserMarks(): Promise<OpeningMarks | undefined> {
  try {
    const page = newId();
    const locks: LockManager | undefined = navigator.locks;
    locks
      ?.request(
        `${siteName()}:opening:${page}`,
        { ifAvailable: true },
        () => new Promise(() => undefined),
      )
      .catch(() => undefined);
    const asked = locks && settles(locks.query(), ANSWER_MS, 'wait.otherTab');
    const held = (await asked?.catch(() => undefined))?.held ?? [];
    return openingMarks(localStorage, async (mark) => held.some(({ name }) => name === mark), page);
  } catch {
    // Where nothing can be remembered, nothing is stored that could be opened.
    return undefined;
  }
}
