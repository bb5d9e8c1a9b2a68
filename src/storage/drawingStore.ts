import type { LabelledDrawing } from '../domain/drawings.ts';
import type { Connection } from './connection.ts';
import { inTransaction } from './database.ts';
import type { StoredDrawing } from './schema.ts';

/** Keeps the personal test set in IndexedDB. */
export class DrawingStore {
  constructor(private readonly connection: Connection) {}

  /** Every drawing that is not hidden, the oldest first. */
  async list(): Promise<readonly LabelledDrawing[]> {
    const database = await this.connection.database();
    const drawings = await inTransaction(database, ['drawings'], 'readonly', ({ store }) =>
      store.getAll(),
    );
    const shown = drawings.filter(({ deletedAt }) => deletedAt === undefined);
    return shown.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** Adds drawings, all of them or none; one of the same id is replaced. */
  async put(drawings: readonly LabelledDrawing[]): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['drawings'], 'readwrite', async ({ store }) => {
      for (const drawing of drawings) await store.put(drawing);
    });
  }

  /** Hides drawings, until they are restored or removed. */
  async hide(ids: readonly string[], deletedAt: number): Promise<void> {
    await this.change(ids, (drawing) => ({ ...drawing, deletedAt }));
  }

  /** Shows drawings again, and says how many of these are there. */
  async restore(ids: readonly string[]): Promise<number> {
    return this.change(ids, ({ deletedAt: _, ...drawing }) => drawing);
  }

  /** Removes the drawings that were hidden before this time (milliseconds since 1970). */
  async removeHidden(before: number): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['drawings'], 'readwrite', async ({ store }) => {
      for (const { id, deletedAt } of await store.getAll()) {
        if (deletedAt !== undefined && deletedAt <= before) await store.delete(id);
      }
    });
  }

  private async change(
    ids: readonly string[],
    change: (drawing: StoredDrawing) => StoredDrawing,
  ): Promise<number> {
    const database = await this.connection.database();
    return inTransaction(database, ['drawings'], 'readwrite', async ({ store }) => {
      let changed = 0;
      for (const id of ids) {
        const drawing = await store.get(id);
        if (!drawing) continue;
        await store.put(change(drawing));
        changed += 1;
      }
      return changed;
    });
  }
}
