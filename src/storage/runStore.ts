import type { KeptEvaluation } from '../domain/metrics/keptEvaluation.ts';
import {
  factsOf,
  type NamedTensor,
  type RunFacts,
  type RunRecord,
  type RunSummary,
} from '../domain/runs/run.ts';
import type { UnreadableRecord } from '../domain/runs/unreadable.ts';
import { WorkbenchError } from '../util/errors.ts';
import { Connection } from './connection.ts';
import { inTransaction, keysOf } from './database.ts';
import { hidden, hiddenAt } from './hidden.ts';
import type { Listed } from './listed.ts';
import { listRun, listRuns, newestReadable, noteOfNone } from './listRuns.ts';
import { makeMissingNotes } from './missingNotes.ts';
import { generationsOf, readTensors } from './readCheckpoint.ts';
import { readCurves } from './readCurves.ts';
import { readRecord, recordIfReadable, recordOrRefusal, unreadable } from './records/readRecord.ts';
import { removeHiddenRuns, removeLeftChunks } from './removal.ts';
import { withNote } from './runSummary.ts';
import type { Commit, RunNote } from './schema.ts';
import { type CheckpointVersion, mayReplace, versionOf } from './version.ts';
import {
  asStorageError,
  removeChunks,
  trainedElsewhere,
  type WriteProbe,
  writeCheckpoint,
} from './writeCheckpoint.ts';

/** How often a checkpoint that another tab replaces while it is read is looked up anew. */
const LOAD_ATTEMPTS = 3;

export interface StoredRun {
  readonly record: RunRecord;
  readonly tensors: readonly NamedTensor[];
  /** The newest of the run, which `save` and `amend` are given to tell whether it still is. */
  readonly version: CheckpointVersion;
  /** Damaged checkpoints, newest first, that were passed over. */
  readonly damaged: readonly WorkbenchError[];
}

/** A stored checkpoint but for its tensors and its curves. */
export interface NewestCheckpoint {
  readonly record: RunFacts;
  readonly commit: Commit;
  readonly version: CheckpointVersion;
  /** When the run was hidden (milliseconds since 1970), where it is. */
  readonly deletedAt?: number | undefined;
}

/** What a checkpoint on disk came to. */
export interface Saved {
  readonly bytes: number;
  readonly version: CheckpointVersion;
}

/**
 * Keeps runs in IndexedDB. A checkpoint is written as chunks and then one commit record, durably;
 * only then is the oldest generation removed, so that at every moment a complete one is there.
 *
 * Any tab may read. `save`, `mendNotes`, `removeHidden` and `sweep` are for the one that holds the writer's lock.
 * Whoever writes says which version it goes on from; what another tab has written or changed since is
 * never written over.
 */
export class RunStore {
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

  /**
   * Resolves once the commit is on disk.
   * @param known the version that the run was opened, saved or amended as; throws
   *   `run.trainedElsewhere` where there is a later one
   */
  async save(
    record: RunRecord,
    tensors: readonly NamedTensor[],
    known: CheckpointVersion,
  ): Promise<Saved> {
    const database = await this.connection.database();
    const newest = await this.newestVersion(record.id);
    if (!mayReplace(known, newest)) throw trainedElsewhere(record);
    const generation = newest.generation + 1;
    try {
      return await writeCheckpoint(
        ...([database, record, tensors, generation, known, this.probe] as const),
      );
    } catch (error) {
      const isRefused = error instanceof WorkbenchError && error.code === 'run.trainedElsewhere';
      // Where another tab has written this very generation its chunks stay.
      if (isRefused && (await generationsOf(database, record.id)).includes(generation)) throw error;
      await removeChunks(database, record.id, generation);
      if (isRefused) throw error;
      const { end } = this.connection;
      if (end) throw end;
      if ((await this.connection.database()) !== database) {
        throw new WorkbenchError('storage.deleted');
      }
      throw asStorageError(error, record, tensors);
    }
  }

  /**
   * Changes the record of the newest checkpoint; the weights stay.
   * @param change gives the new record, or nothing where none is to be written; is told which version
   *   the stored one has
   * @returns the version that it has now; nothing where it was not changed
   */
  async amend(
    runId: string,
    change: (stored: RunFacts, version: CheckpointVersion) => RunFacts | undefined,
  ): Promise<CheckpointVersion | undefined> {
    const database = await this.connection.database();
    return inTransaction(
      database,
      ['commits'],
      'readwrite',
      async ({ store }) => {
        const newest = (await store.getAll(keysOf(runId))).at(-1);
        // What cannot be read stays as it is.
        const readable = newest && recordIfReadable('commits', newest);
        if (!readable) return undefined;
        const before = versionOf(newest);
        const record = change(readable.record, before);
        if (!record) return undefined;
        const version = { ...before, revision: before.revision + 1 };
        await store.put({ ...readable, ...version, record: factsOf(record) });
        return version;
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
        note: recordIfReadable('runs', await transaction.objectStore('runs').get(runId)),
        commits: await transaction.objectStore('commits').getAll(keysOf(runId)),
      }),
    );
    const damaged: WorkbenchError[] = [];
    for (const stored of commits.toReversed()) {
      const read = readRecord('commits', stored);
      if ('problem' in read) {
        damaged.push(unreadable('run', read.problem, note?.name ?? runId));
        continue;
      }
      try {
        const tensors = await readTensors(database, read.record);
        const { history, kept, damaged: ofCurves } = await readCurves(database, read.record);
        damaged.push(...ofCurves);
        const newest = commits.at(-1);
        // Behind an older one than the newest lie blocks of both: whoever goes on from it writes its own.
        const version = { ...versionOf(newest), ...(stored === newest && { curves: kept }) };
        const record = withNote({ ...read.record.record, history }, note);
        return { record, tensors, version, damaged };
      } catch (error) {
        if (!(error instanceof WorkbenchError)) throw error;
        const still = await generationsOf(database, runId);
        if (!isLastTry && !still.includes(read.record.generation)) return undefined;
        damaged.push(error);
      }
    }
    throw damaged[0] ?? new WorkbenchError('run.missing', { run: runId });
  }

  /** The record of the newest readable checkpoint, curves included; undefined where there is none. */
  async record(runId: string): Promise<Pick<StoredRun, 'record' | 'damaged'> | undefined> {
    const newest = await this.newest(runId);
    if (!newest) return undefined;
    const { history, damaged } = await readCurves(await this.connection.database(), newest.commit);
    return { record: { ...newest.record, history }, damaged };
  }

  /** What the newest readable checkpoint says of a run, and which one it is. */
  async newest(runId: string): Promise<NewestCheckpoint | undefined> {
    const database = await this.connection.database();
    return inTransaction(database, ['runs', 'commits'], 'readonly', async (transaction) => {
      const note = await transaction.objectStore('runs').get(runId);
      const commits = await transaction.objectStore('commits').getAll(keysOf(runId));
      const newest = newestReadable(commits);
      const readable = recordIfReadable('runs', note);
      const record = newest && withNote(newest.record, readable);
      return (
        record && {
          ...{ record, commit: newest, version: versionOf(newest) },
          ...{ deletedAt: hiddenAt(note) },
        }
      );
    });
  }

  /** The last evaluation of a run, if it was evaluated. */
  async evaluation(runId: string): Promise<KeptEvaluation | undefined> {
    const database = await this.connection.database();
    return inTransaction(database, ['runs'], 'readonly', async ({ store }) => {
      const note = recordIfReadable('runs', await store.get(runId));
      return note?.evaluation;
    });
  }

  /** The version of the newest checkpoint of a run, whether it can be read or not. */
  async newestVersion(runId: string): Promise<CheckpointVersion> {
    const database = await this.connection.database();
    return inTransaction(database, ['commits'], 'readonly', async ({ store }) =>
      versionOf((await store.getAll(keysOf(runId))).at(-1)),
    );
  }

  /** Every run that is not hidden, the one used last first. */
  async list(): Promise<readonly RunSummary[]> {
    return (await this.listAll()).readable;
  }

  /** The same, and what is stored of runs and cannot be read. */
  async listAll(): Promise<Listed<RunSummary>> {
    return listRuns(await this.connection.database());
  }

  /** What that has of one run; nothing where it is hidden, or gone. */
  async listOne(runId: string): Promise<RunSummary | UnreadableRecord | undefined> {
    return listRun(await this.connection.database(), runId);
  }

  /**
   * Changes a run's name, test accuracy or time of use.
   * @param change is told which version the newest checkpoint has; where it gives the note as it is, nothing is written
   */
  async annotate(
    runId: string,
    change: (note: RunNote, newest: CheckpointVersion) => RunNote,
  ): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['runs', 'commits'], 'readwrite', async (transaction) => {
      const runs = transaction.objectStore('runs');
      const note = recordOrRefusal('runs', await runs.get(runId), 'run');
      if (!note) throw new WorkbenchError('run.missing', { run: runId });
      const newest = (await transaction.objectStore('commits').getAll(keysOf(runId))).at(-1);
      const changed = change(note, versionOf(newest));
      if (changed !== note) await runs.put(changed);
    });
  }

  /**
   * Hides a run since this time (milliseconds since 1970), or shows it again without one; it need not be
   * readable.
   */
  async setDeleted(runId: string, deletedAt: number | undefined): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['runs', 'commits'], 'readwrite', async (transaction) => {
      const runs = transaction.objectStore('runs');
      const keys = await transaction.objectStore('commits').getAllKeys(keysOf(runId));
      const stored = (await runs.get(runId)) ?? (keys.length > 0 && noteOfNone(runId));
      if (!stored) throw new WorkbenchError('run.missing', { run: runId });
      await runs.put(hidden(stored, deletedAt));
    });
  }

  /** Lists again what its checkpoints alone still know of; gives how many runs that were. */
  async mendNotes(): Promise<number> {
    return makeMissingNotes(await this.connection.database());
  }

  /** Removes the runs that were hidden before this time (milliseconds since 1970); gives how many. */
  async removeHidden(before: number): Promise<number> {
    return removeHiddenRuns(await this.connection.database(), before);
  }

  /** Removes what is left of a tab that died in mid-checkpoint. */
  async sweep(): Promise<void> {
    await removeLeftChunks(await this.connection.database());
  }
}
