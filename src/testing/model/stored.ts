import type { LabelledDrawing } from '../../domain/drawing/drawings.ts';
import type { NamedTensor, RunRecord } from '../../domain/runs/run.ts';
import { Connection } from '../../storage/connection.ts';
import { inTransaction } from '../../storage/database.ts';
import { DrawingStore } from '../../storage/drawingStore.ts';
import { readCurves } from '../../storage/readCurves.ts';
import { RunStore } from '../../storage/runStore.ts';
import { withNote } from '../../storage/runSummary.ts';

/** What the newest checkpoint of a run says of it, and which one that is. */
export interface Noted {
  readonly record: RunRecord;
  readonly generation: number;
  readonly isDeleted: boolean;
}

/** A run as it lies on disk. */
export interface OnDisk extends Noted {
  readonly tensors: readonly NamedTensor[];
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

  /** The newest checkpoint of each run, without its tensors, and whether the run is hidden. */
  async newest(): Promise<Map<string, Noted>> {
    const database = await this.connection.database();
    const [notes, commits] = await inTransaction(
      database,
      ['commits', 'runs'],
      'readonly',
      (transaction) =>
        Promise.all([
          transaction.objectStore('runs').getAll(),
          transaction.objectStore('commits').getAll(),
        ]),
    );
    const noteOf = new Map(notes.map((note) => [note.id, note]));
    const all = new Map<string, Noted>();
    // In the order of their generations: the newest is the last.
    for (const commit of commits) {
      const { runId, generation, record } = commit;
      const { history } = await readCurves(database, commit);
      const note = noteOf.get(runId);
      const isDeleted = note?.deletedAt !== undefined;
      all.set(runId, { record: withNote({ ...record, history }, note), generation, isDeleted });
    }
    return all;
  }

  /** Throws where the newest checkpoint of the run is damaged. */
  async read(id: string): Promise<OnDisk> {
    const before = (await this.newest()).get(id);
    const { record, tensors, damaged, version } = await this.runs.load(id);
    if (damaged[0]) throw damaged[0];
    const { generation } = version;
    return { isDeleted: false, ...before, record, generation, tensors };
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
