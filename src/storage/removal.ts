import { inTransaction, keysOf } from './database.ts';
import { wasHidden } from './hidden.ts';
import type { WorkbenchDatabase } from './schema.ts';

/** Removes the runs that were hidden before this time (milliseconds since 1970); gives how many. */
export async function removeHiddenRuns(
  database: WorkbenchDatabase,
  before: number,
): Promise<number> {
  const stores = ['runs', 'commits', 'chunks', 'curves'] as const;
  return inTransaction(database, stores, 'readwrite', async (transaction) => {
    let removed = 0;
    const commits = transaction.objectStore('commits');
    for (const note of await transaction.objectStore('runs').getAll()) {
      if (!wasHidden(note, before)) continue;
      removed += 1;
      const { id } = note;
      await transaction.objectStore('runs').delete(id);
      await transaction.objectStore('curves').delete(keysOf(id));
      // By generation: the chunks of one that is being written are left alone.
      for (const [, generation] of await commits.getAllKeys(keysOf(id))) {
        await commits.delete([id, generation]);
        await transaction.objectStore('chunks').delete(keysOf(id, generation));
      }
    }
    return removed;
  });
}

/** Removes chunks that no commit names: what is left of a tab that died in mid-checkpoint. */
export async function removeLeftChunks(database: WorkbenchDatabase): Promise<void> {
  await inTransaction(database, ['commits', 'chunks'], 'readwrite', async (transaction) => {
    const chunks = transaction.objectStore('chunks');
    const commits = await transaction.objectStore('commits').getAllKeys();
    const committed = new Set(commits.map((key) => key.join('/')));
    for (const key of await chunks.getAllKeys()) {
      const [runId, generation] = key;
      if (!committed.has(`${runId}/${generation}`)) await chunks.delete(key);
    }
  });
}
