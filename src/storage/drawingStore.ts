import { byAge, type LabelledDrawing } from '../domain/drawing/drawings.ts';
import type { Connection } from './connection.ts';
import { inTransaction } from './database.ts';
import { hidden, hiddenAt, wasHidden } from './hidden.ts';
import { type Listed, listed } from './listed.ts';
import { recordIfReadable } from './records/readRecord.ts';

/** So many are read at once: a thousand with all their pixels are a hundred megabytes. */
const READ_AT_ONCE = 50;

/** Some of the drawings, as they are stored. */
export interface DrawingPart extends Listed<LabelledDrawing> {
  /** Whether any of them is hidden. */
  readonly hasHidden: boolean;
}

/** Keeps the personal test set in IndexedDB. */
export class DrawingStore {
  constructor(private readonly connection: Connection) {}

  /** Every drawing that is not hidden, the oldest first. */
  async list(): Promise<readonly LabelledDrawing[]> {
    return (await this.listAll()).readable;
  }

  /** The same, and what is stored of drawings and cannot be read. */
  async listAll(): Promise<Listed<LabelledDrawing>> {
    const database = await this.connection.database();
    const all = await inTransaction(database, ['drawings'], 'readonly', ({ store }) =>
      store.getAll(),
    );
    const { readable, unreadable } = listed('drawings', 'drawing', all);
    return { readable: readable.toSorted(byAge), unreadable };
  }

  /** What `listAll` has, a part at a time, in the order of their ids. */
  async *inParts(): AsyncGenerator<DrawingPart> {
    const database = await this.connection.database();
    for (let after: IDBKeyRange | undefined; ; ) {
      const range = after;
      const some = await inTransaction(database, ['drawings'], 'readonly', ({ store }) =>
        store.getAll(range, READ_AT_ONCE),
      );
      const last = some.at(-1);
      if (!last) return;
      const hasHidden = some.some((drawing) => hiddenAt(drawing) !== undefined);
      yield { ...listed('drawings', 'drawing', some), hasHidden };
      if (some.length < READ_AT_ONCE) return;
      after = IDBKeyRange.lowerBound(last.id, true);
    }
  }

  /** Those of these that can be read, hidden ones among them. */
  async withIds(ids: readonly string[]): Promise<readonly LabelledDrawing[]> {
    const database = await this.connection.database();
    return inTransaction(database, ['drawings'], 'readonly', async ({ store }) => {
      const stored = await Promise.all(ids.map((id) => store.get(id)));
      return stored.flatMap((drawing) => recordIfReadable('drawings', drawing) ?? []);
    });
  }

  /** What `listAll` has of these. */
  async listSome(ids: readonly string[]): Promise<Listed<LabelledDrawing>> {
    const database = await this.connection.database();
    const some = await inTransaction(database, ['drawings'], 'readonly', ({ store }) =>
      Promise.all(ids.map((id) => store.get(id))),
    );
    return listed(
      'drawings',
      'drawing',
      some.filter((drawing) => drawing !== undefined),
    );
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
    await this.setDeleted(ids, deletedAt);
  }

  /** Shows drawings again, and says how many of these are there. */
  async restore(ids: readonly string[]): Promise<number> {
    return this.setDeleted(ids, undefined);
  }

  /** Removes the drawings that were hidden before this time (milliseconds since 1970). */
  async removeHidden(before: number): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['drawings'], 'readwrite', async ({ store }) => {
      for (const drawing of await store.getAll()) {
        if (wasHidden(drawing, before)) await store.delete(drawing.id);
      }
    });
  }

  /** They need not be readable. */
  private async setDeleted(ids: readonly string[], deletedAt: number | undefined): Promise<number> {
    const database = await this.connection.database();
    return inTransaction(database, ['drawings'], 'readwrite', async ({ store }) => {
      let changed = 0;
      for (const id of ids) {
        const drawing = await store.get(id);
        if (!drawing) continue;
        await store.put(hidden(drawing, deletedAt));
        changed += 1;
      }
      return changed;
    });
  }
}
