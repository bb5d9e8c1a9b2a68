import { inTransaction, keysOf } from './database.ts';
import { newestReadable } from './listRuns.ts';
import type { RunNote, WorkbenchDatabase } from './schema.ts';

/**
 * Makes anew what lists read of a run where it is lost: its checkpoints say what the run is, and only what
 * was noted beside them is gone (figures, when it was opened). Of a run without a checkpoint that can be
 * read nothing is made up. Gives how many there were.
 */
export async function makeMissingNotes(database: WorkbenchDatabase): Promise<number> {
  return inTransaction(database, ['runs', 'commits'], 'readwrite', async (transaction) => {
    const [runs, commits] = [transaction.objectStore('runs'), transaction.objectStore('commits')];
    const noted = new Set(await runs.getAllKeys());
    const ids = new Set((await commits.getAllKeys()).map(([id]) => id));
    let made = 0;
    for (const id of ids) {
      if (noted.has(id)) continue;
      const newest = newestReadable(await commits.getAll(keysOf(id)));
      if (!newest) continue;
      const { name, updatedAt } = newest.record;
      await runs.put({ id, name, openedAt: updatedAt } satisfies RunNote);
      made += 1;
    }
    return made;
  });
}
