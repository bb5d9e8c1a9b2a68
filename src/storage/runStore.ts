import type { KeptEvaluation } from '../domain/keptEvaluation.ts';
import type { NamedTensor, RunRecord, RunSummary } from '../domain/run.ts';
import { WorkbenchError } from '../util/errors.ts';
import { Connection } from './connection.ts';
import { inTransaction, keysOf, type RunNote } from './database.ts';
import { generationsOf, readTensors } from './readCheckpoint.ts';
import { removeHiddenRuns, removeLeftChunks } from './removal.ts';
import { summaryOf, withNote } from './runSummary.ts';
import {
  asStorageError,
  removeChunks,
  type WriteProbe,
  writeCheckpoint,
} from './writeCheckpoint.ts';

/** How often a checkpoint that another tab replaces while it is read is looked up anew. */
const LOAD_ATTEMPTS = 3;

export interface StoredRun {
  readonly record: RunRecord;
  readonly tensors: readonly NamedTensor[];
  /** Damaged checkpoints, newest first, that were passed over. */
  readonly damaged: readonly WorkbenchError[];
}

/**
 * Keeps runs in IndexedDB. A checkpoint is written as chunks and then one commit record, durably;
 * only then is the oldest generation removed, so that at every moment a complete one is there.
 *
 * Any tab may read. `save`, `removeHidden` and `sweep` are for the one that holds the writer's lock.
 */
export class RunStore {
  /** The newest generation of each run that this tab has read or written. */
  private readonly known = new Map<string, number>();

  constructor(
    private readonly connection: Connection,
    private readonly probe: WriteProbe = () => undefined,
  ) {}

  static async open(name?: string, probe?: WriteProbe): Promise<RunStore> {
    return new RunStore(await Connection.open(name), probe);
  }

  close(): void {
    this.connection.close();
  }

  /** Resolves with the bytes written once the commit is on disk. */
  async save(record: RunRecord, tensors: readonly NamedTensor[]): Promise<number> {
    const database = await this.connection.database();
    const generation = 1 + ((await generationsOf(database, record.id)).at(-1) ?? 0);
    try {
      const bytes = await writeCheckpoint(database, record, tensors, generation, this.probe);
      this.known.set(record.id, generation);
      return bytes;
    } catch (error) {
      await removeChunks(database, record.id, generation);
      const { end } = this.connection;
      if (end) throw end;
      if ((await this.connection.database()) !== database) {
        throw new WorkbenchError('storage.deleted');
      }
      throw asStorageError(error, record, tensors);
    }
  }

  /** Puts this record into the newest checkpoint, if it is of the same step; the weights stay. */
  async amend(record: RunRecord): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(
      database,
      ['commits'],
      'readwrite',
      async ({ store }) => {
        const newest = (await store.getAll(keysOf(record.id))).at(-1);
        if (newest?.record.step === record.step) await store.put({ ...newest, record });
      },
      { durability: 'strict' },
    );
  }

  /** The newest checkpoint of a run whose bytes are all there and unchanged. */
  async load(runId: string): Promise<StoredRun> {
    for (let attempt = 1; ; attempt++) {
      const stored = await this.loadOnce(runId, attempt === LOAD_ATTEMPTS);
      if (stored) return stored;
    }
  }

  /** Gives nothing where a checkpoint was replaced while it was read, unless this is the last try. */
  private async loadOnce(runId: string, isLastTry: boolean): Promise<StoredRun | undefined> {
    const database = await this.connection.database();
    const { note, commits } = await inTransaction(
      database,
      ['runs', 'commits'],
      'readonly',
      async (transaction) => ({
        note: await transaction.objectStore('runs').get(runId),
        commits: await transaction.objectStore('commits').getAll(keysOf(runId)),
      }),
    );
    const damaged: WorkbenchError[] = [];
    for (const commit of commits.toReversed()) {
      try {
        const tensors = await readTensors(database, commit);
        this.known.set(runId, commits.at(-1)?.generation ?? 0);
        return { record: withNote(commit.record, note), tensors, damaged };
      } catch (error) {
        if (!(error instanceof WorkbenchError)) throw error;
        const still = await generationsOf(database, runId);
        if (!isLastTry && !still.includes(commit.generation)) return undefined;
        damaged.push(error);
      }
    }
    throw damaged[0] ?? new WorkbenchError('run.missing', { run: runId });
  }

  /** What the newest checkpoint says of a run, without its tensors; undefined where none is stored. */
  async record(runId: string): Promise<RunRecord | undefined> {
    const database = await this.connection.database();
    return inTransaction(database, ['runs', 'commits'], 'readonly', async (transaction) => {
      const note = await transaction.objectStore('runs').get(runId);
      const commits = await transaction.objectStore('commits').getAll(keysOf(runId));
      const newest = commits.at(-1);
      return newest && withNote(newest.record, note);
    });
  }

  /** The last evaluation of a run, if it was evaluated. */
  async evaluation(runId: string): Promise<KeptEvaluation | undefined> {
    const database = await this.connection.database();
    return inTransaction(database, ['runs'], 'readonly', async ({ store }) => {
      const note = await store.get(runId);
      return note?.evaluation;
    });
  }

  /** Whether another tab has saved a run since this one last read or saved it. */
  async hasNewer(runId: string): Promise<boolean> {
    const newest = (await generationsOf(await this.connection.database(), runId)).at(-1) ?? 0;
    return newest > (this.known.get(runId) ?? 0);
  }

  /** Every run that is not hidden, the one used last first. */
  async list(): Promise<RunSummary[]> {
    const database = await this.connection.database();
    const summaries: { openedAt: number; summary: RunSummary }[] = [];
    await inTransaction(database, ['runs', 'commits'], 'readonly', async (transaction) => {
      for (const note of await transaction.objectStore('runs').getAll()) {
        if (note.deletedAt !== undefined) continue;
        const commits = await transaction.objectStore('commits').getAll(keysOf(note.id));
        const newest = commits.at(-1);
        if (!newest) continue;
        const storedBytes = commits.reduce((total, { bytes }) => total + bytes, 0);
        const summary = summaryOf(withNote(newest.record, note), storedBytes);
        const mistakes = note.evaluation?.mistakes.length ?? 0;
        summaries.push({ openedAt: note.openedAt, summary: { ...summary, mistakes } });
      }
    });
    return summaries.sort((a, b) => b.openedAt - a.openedAt).map(({ summary }) => summary);
  }

  /** Changes a run's name, test accuracy, hidden state or time of use. */
  async annotate(runId: string, change: (note: RunNote) => RunNote): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['runs'], 'readwrite', async ({ store }) => {
      const note = await store.get(runId);
      if (!note) throw new WorkbenchError('run.missing', { run: runId });
      await store.put(change(note));
    });
  }

  /** Removes the runs that were hidden before this time (milliseconds since 1970). */
  async removeHidden(before: number): Promise<void> {
    await removeHiddenRuns(await this.connection.database(), before);
  }

  /** Removes what is left of a tab that died in mid-checkpoint. */
  async sweep(): Promise<void> {
    await removeLeftChunks(await this.connection.database());
  }
}
