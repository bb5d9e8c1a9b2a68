import type { LabelledDrawing } from '../domain/drawings.ts';
import type { Connection } from './connection.ts';
import { inTransaction } from './database.ts';

/** Keeps the personal test set in IndexedDB. */
export class DrawingStore {
  constructor(private readonly connection: Connection) {}

  /** The oldest first. */
  async list(): Promise<readonly LabelledDrawing[]> {
    const database = await this.connection.database();
    const drawings = await inTransaction(database, ['drawings'], 'readonly', ({ store }) =>
      store.getAll(),
    );
    return drawings.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** Adds drawings, all of them or none; one of the same id is replaced. */
  async put(drawings: readonly LabelledDrawing[]): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['drawings'], 'readwrite', async ({ store }) => {
      for (const drawing of drawings) await store.put(drawing);
    });
  }

  /** Removes drawings, and gives those that were there. */
  async remove(ids: readonly string[]): Promise<readonly LabelledDrawing[]> {
    const database = await this.connection.database();
    return inTransaction(database, ['drawings'], 'readwrite', async ({ store }) => {
      const removed: LabelledDrawing[] = [];
      for (const id of ids) {
        const drawing = await store.get(id);
        if (!drawing) continue;
        removed.push(drawing);
        await store.delete(id);
      }
      return removed;
    });
  }
}
