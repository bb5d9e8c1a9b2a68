import type { LabelledDrawing } from '../../domain/drawings.ts';
import type { NamedTensor, RunRecord } from '../../domain/run.ts';
import { Connection } from '../../storage/connection.ts';
import { inTransaction } from '../../storage/database.ts';
import { DrawingStore } from '../../storage/drawingStore.ts';
import { RunStore } from '../../storage/runStore.ts';

/** A run as it lies on disk: its newest checkpoint, and which one that is. */
export interface OnDisk {
  readonly record: RunRecord;
  readonly tensors: readonly NamedTensor[];
  readonly generation: number;
  readonly isDeleted: boolean;
}

/** Reads what the tabs have stored, as a tab of its own would. */
export class Disk {
  private constructor(
    private readonly connection: Connection,
    private readonly runs: RunStore,
  ) {}

  static async open(): Promise<Disk> {
    const connection = await Connection.open();
    return new Disk(connection, new RunStore(connection));
  }

  /** The newest generation of each run, and whether it is hidden. */
  async newest(): Promise<Map<string, { generation: number; isDeleted: boolean }>> {
    const database = await this.connection.database();
    return inTransaction(database, ['commits', 'runs'], 'readonly', async (transaction) => {
      const notes = await transaction.objectStore('runs').getAll();
      const deleted = new Set(notes.flatMap((note) => (note.deletedAt ? [note.id] : [])));
      const keys = await transaction.objectStore('commits').getAllKeys();
      return new Map(
        // In the order of their generations: the newest is the last.
        keys.map(([id, generation]) => [id, { generation, isDeleted: deleted.has(id) }]),
      );
    });
  }

  /** Throws where the newest checkpoint of the run is damaged. */
  async read(id: string): Promise<OnDisk> {
    const before = (await this.newest()).get(id);
    const { record, tensors, damaged } = await this.runs.load(id);
    if (damaged[0]) throw damaged[0];
    return { record, tensors, generation: 0, isDeleted: false, ...before };
  }

  /** The personal test set. */
  async drawings(): Promise<readonly LabelledDrawing[]> {
    return new DrawingStore(this.connection).list();
  }

  /** Empties every store; whoever has the database open keeps it. */
  async clear(): Promise<void> {
    const database = await this.connection.database();
    const names = [...database.objectStoreNames];
    await inTransaction(database, names, 'readwrite', async (transaction) => {
      await Promise.all(names.map((name) => transaction.objectStore(name).clear()));
    });
  }

  close(): void {
    this.connection.close();
  }
}
