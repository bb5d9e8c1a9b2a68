import type { KeptEvaluation } from '../domain/keptEvaluation.ts';
import type { NamedTensor, RunRecord, RunSummary } from '../domain/run.ts';
import { at } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { hashOf } from './bytePieces.ts';
import { ChunkUnpacker, packChunks, tensorEntries } from './chunks.ts';
import { Connection } from './connection.ts';
import {
  type Commit,
  inTransaction,
  keysOf,
  type RunNote,
  type WorkbenchDatabase,
} from './database.ts';

/** How many complete checkpoints of a run stay: the newest, and the one to fall back on. */
export const GENERATIONS_KEPT = 2;

/** How often a checkpoint that another tab replaces while it is read is looked up anew. */
const LOAD_ATTEMPTS = 3;

export interface StoredRun {
  readonly record: RunRecord;
  readonly tensors: readonly NamedTensor[];
  /** Damaged checkpoints, newest first, that were passed over. */
  readonly damaged: readonly WorkbenchError[];
}

/** For tests, which break a checkpoint's transactions: called in each, after its last request. */
export type WriteProbe = (transaction: { abort(): void }) => void;

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
      const bytes = await this.write(database, record, tensors, generation);
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

  private async write(
    database: WorkbenchDatabase,
    record: RunRecord,
    tensors: readonly NamedTensor[],
    generation: number,
  ): Promise<number> {
    const { id } = record;
    const chunkHashes: string[] = [];
    let bytes = 0;
    for (const chunk of packChunks(tensors)) {
      const index = chunkHashes.length;
      chunkHashes.push(await hashOf(chunk));
      bytes += chunk.byteLength;
      await inTransaction(database, ['chunks'], 'readwrite', async (transaction) => {
        await transaction.store.put(chunk.buffer, [id, generation, index]);
        this.probe(transaction);
      });
    }
    const commit: Commit = {
      runId: id,
      generation,
      record,
      tensors: tensorEntries(tensors),
      chunkHashes,
      bytes,
    };
    await this.commit(database, commit);
    return bytes;
  }

  /** Puts the record that makes a checkpoint of its chunks, and drops the oldest one. */
  private async commit(database: WorkbenchDatabase, commit: Commit): Promise<void> {
    const { runId, generation, record, chunkHashes } = commit;
    await inTransaction(
      database,
      ['commits', 'chunks', 'runs'],
      'readwrite',
      async (transaction) => {
        const commits = transaction.objectStore('commits');
        const chunks = transaction.objectStore('chunks');
        const runs = transaction.objectStore('runs');
        if (chunkHashes.length > 0) {
          const written = IDBKeyRange.bound(
            [runId, generation, 0],
            [runId, generation, chunkHashes.length - 1],
          );
          const count = await chunks.count(written);
          if (count < chunkHashes.length) throw interrupted(record, 'parts of it were removed');
        }
        await commits.put(commit);
        // A hidden run that is trained on shows again.
        const { deletedAt: _, ...note }: RunNote = {
          ...(await runs.get(runId)),
          id: runId,
          name: record.name,
          openedAt: Date.now(),
        };
        await runs.put(note);
        const kept = await commits.getAllKeys(keysOf(runId));
        for (const [, old] of kept.slice(0, -GENERATIONS_KEPT)) {
          await commits.delete([runId, old]);
          await chunks.delete(keysOf(runId, old));
        }
        this.probe(transaction);
      },
      { durability: 'strict' },
    );
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
    const database = await this.connection.database();
    await inTransaction(
      database,
      ['runs', 'commits', 'chunks'],
      'readwrite',
      async (transaction) => {
        const commits = transaction.objectStore('commits');
        for (const { id, deletedAt } of await transaction.objectStore('runs').getAll()) {
          if (deletedAt === undefined || deletedAt > before) continue;
          await transaction.objectStore('runs').delete(id);
          // By generation: the chunks of one that is being written are left alone.
          for (const [, generation] of await commits.getAllKeys(keysOf(id))) {
            await commits.delete([id, generation]);
            await transaction.objectStore('chunks').delete(keysOf(id, generation));
          }
        }
      },
    );
  }

  /** Removes chunks that no commit names: what is left of a tab that died in mid-checkpoint. */
  async sweep(): Promise<void> {
    const database = await this.connection.database();
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
}

async function generationsOf(database: WorkbenchDatabase, runId: string): Promise<number[]> {
  const keys = await inTransaction(database, ['commits'], 'readonly', ({ store }) =>
    store.getAllKeys(keysOf(runId)),
  );
  return keys.map((key) => at(key as [string, number], 1) as number);
}

async function readTensors(
  database: WorkbenchDatabase,
  { runId, generation, record, tensors, chunkHashes }: Commit,
): Promise<readonly NamedTensor[]> {
  const corrupt = (problem: string) =>
    new WorkbenchError('storage.corrupt', { step: record.step, run: record.name, problem });
  const unpacker = new ChunkUnpacker(tensors);
  for (const [index, expected] of chunkHashes.entries()) {
    const stored = await inTransaction(database, ['chunks'], 'readonly', ({ store }) =>
      store.get([runId, generation, index]),
    );
    if (!stored) throw corrupt(`part ${index + 1} of ${chunkHashes.length} is gone`);
    const bytes = new Uint8Array(stored);
    if ((await hashOf(bytes)) !== expected) throw corrupt(`part ${index + 1} has changed`);
    unpacker.add(bytes);
  }
  if (!unpacker.complete) throw corrupt('parts are missing');
  return unpacker.tensors;
}

async function removeChunks(
  database: WorkbenchDatabase,
  runId: string,
  generation: number,
): Promise<void> {
  const range = keysOf(runId, generation);
  await inTransaction(database, ['chunks'], 'readwrite', ({ store }) => store.delete(range)).catch(
    () => {
      // Leftovers are swept by whoever writes next; the failure that led here matters more.
    },
  );
}

function withNote(record: RunRecord, note: RunNote | undefined): RunRecord {
  if (!note) return record;
  const { name, testAccuracy, drawnScore } = note;
  return {
    ...{ ...record, name },
    ...(testAccuracy === undefined ? {} : { testAccuracy }),
    ...(drawnScore === undefined ? {} : { drawnScore }),
  };
}

export function summaryOf(record: RunRecord, storedBytes: number): RunSummary {
  const { id, name, status, createdAt, updatedAt, recipe, datasetName, engine, step } = record;
  const validationAccuracy = record.history.validation.at(-1)?.accuracy;
  return {
    ...{ id, name, status, createdAt, updatedAt, recipe, datasetName, engine, step, storedBytes },
    ...(validationAccuracy === undefined ? {} : { validationAccuracy }),
    ...(record.testAccuracy === undefined ? {} : { testAccuracy: record.testAccuracy }),
    ...(record.drawnScore === undefined ? {} : { drawnScore: record.drawnScore }),
    ...(record.best === undefined ? {} : { best: record.best }),
    ...(record.experiment === undefined ? {} : { experiment: record.experiment }),
  };
}

function interrupted({ step }: RunRecord, problem: string): WorkbenchError {
  return new WorkbenchError('storage.interrupted', { step, problem });
}

function asStorageError(
  error: unknown,
  record: RunRecord,
  tensors: readonly NamedTensor[],
): unknown {
  if (!(error instanceof DOMException)) return error;
  if (error.name !== 'QuotaExceededError') return interrupted(record, error.message);
  const bytes = tensors.reduce((total, { values }) => total + values.byteLength, 0);
  return new WorkbenchError('storage.quota', { neededMB: Math.ceil(bytes / 1e6) });
}
