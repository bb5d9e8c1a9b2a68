import type { NamedTensor, RunRecord, RunSummary } from '../domain/run.ts';
import { at } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { ChunkUnpacker, hashOf, packChunks, tensorEntries } from './chunks.ts';
import {
  type ChunkKey,
  type Commit,
  keysOf,
  openDatabase,
  type RunNote,
  type WorkbenchDatabase,
} from './database.ts';

/** How many complete checkpoints of a run stay: the newest, and the one to fall back on. */
const GENERATIONS_KEPT = 2;

export interface StoredRun {
  readonly record: RunRecord;
  readonly tensors: readonly NamedTensor[];
  /** Damaged checkpoints, newest first, that were passed over. */
  readonly damaged: readonly WorkbenchError[];
}

/**
 * Keeps runs in IndexedDB. A checkpoint is written as chunks and then one commit record, durably;
 * only then is the oldest generation removed, so that at every moment a complete one is there.
 */
export class RunStore {
  private constructor(private readonly database: WorkbenchDatabase) {}

  static async open(name?: string): Promise<RunStore> {
    return RunStore.over(await openDatabase(name));
  }

  /** The runs of a database that is open already. */
  static async over(database: WorkbenchDatabase): Promise<RunStore> {
    const store = new RunStore(database);
    await store.purge();
    return store;
  }

  close(): void {
    this.database.close();
  }

  /** Resolves with the bytes written once the commit is on disk. */
  async save(record: RunRecord, tensors: readonly NamedTensor[]): Promise<number> {
    const generations = await this.generations(record.id);
    const generation = (generations.at(-1) ?? 0) + 1;
    try {
      return await this.write(record, tensors, generation);
    } catch (error) {
      await this.removeChunks(record.id, generation);
      throw asStorageError(error, tensors);
    }
  }

  private async write(
    record: RunRecord,
    tensors: readonly NamedTensor[],
    generation: number,
  ): Promise<number> {
    const chunkHashes: string[] = [];
    let bytes = 0;
    for (const chunk of packChunks(tensors)) {
      const key: ChunkKey = [record.id, generation, chunkHashes.length];
      chunkHashes.push(await hashOf(chunk));
      bytes += chunk.byteLength;
      await this.database.put('chunks', chunk.buffer, key);
    }
    const commit: Commit = {
      runId: record.id,
      generation,
      record,
      tensors: tensorEntries(tensors),
      chunkHashes,
      bytes,
    };
    const transaction = this.database.transaction(['commits', 'chunks', 'runs'], 'readwrite', {
      durability: 'strict',
    });
    const commits = transaction.objectStore('commits');
    await commits.put(commit);
    const runs = transaction.objectStore('runs');
    // A hidden run that is trained on shows again.
    const { id, name } = record;
    const { deletedAt: _, ...note }: RunNote = {
      ...(await runs.get(id)),
      id,
      name,
      openedAt: Date.now(),
    };
    await runs.put(note);
    const kept = await commits.getAllKeys(keysOf(record.id));
    for (const [, old] of kept.slice(0, -GENERATIONS_KEPT)) {
      await commits.delete([record.id, old]);
      await transaction.objectStore('chunks').delete(keysOf(record.id, old));
    }
    await transaction.done;
    return bytes;
  }

  /** The newest checkpoint of a run whose bytes are all there and unchanged. */
  async load(runId: string): Promise<StoredRun> {
    const damaged: WorkbenchError[] = [];
    const note = await this.database.get('runs', runId);
    for (const generation of (await this.generations(runId)).reverse()) {
      const commit = await this.database.get('commits', [runId, generation]);
      if (!commit) continue;
      try {
        const tensors = await this.readTensors(commit);
        const record = withNote(commit.record, note);
        return { record, tensors, damaged };
      } catch (error) {
        if (!(error instanceof WorkbenchError)) throw error;
        damaged.push(error);
      }
    }
    throw damaged[0] ?? new WorkbenchError('run.missing', { run: runId });
  }

  private async readTensors(commit: Commit): Promise<readonly NamedTensor[]> {
    const corrupt = (problem: string) =>
      new WorkbenchError('storage.corrupt', {
        step: commit.record.step,
        run: commit.record.name,
        problem,
      });
    const unpacker = new ChunkUnpacker(commit.tensors);
    for (const [index, expected] of commit.chunkHashes.entries()) {
      const key: ChunkKey = [commit.runId, commit.generation, index];
      const stored = await this.database.get('chunks', key);
      if (!stored) throw corrupt(`part ${index + 1} of ${commit.chunkHashes.length} is gone`);
      const bytes = new Uint8Array(stored);
      if ((await hashOf(bytes)) !== expected) throw corrupt(`part ${index + 1} has changed`);
      unpacker.add(bytes);
    }
    if (!unpacker.complete) throw corrupt('parts are missing');
    return unpacker.tensors;
  }

  /** Every run that is not hidden, the one used last first. */
  async list(): Promise<RunSummary[]> {
    const transaction = this.database.transaction(['runs', 'commits']);
    const notes = await transaction.objectStore('runs').getAll();
    const summaries: { openedAt: number; summary: RunSummary }[] = [];
    for (const note of notes) {
      if (note.deletedAt !== undefined) continue;
      const commits = await transaction.objectStore('commits').getAll(keysOf(note.id));
      const newest = commits.at(-1);
      if (!newest) continue;
      const storedBytes = commits.reduce((total, { bytes }) => total + bytes, 0);
      const summary = summaryOf(withNote(newest.record, note), storedBytes);
      summaries.push({ openedAt: note.openedAt, summary });
    }
    return summaries.sort((a, b) => b.openedAt - a.openedAt).map(({ summary }) => summary);
  }

  /** Changes a run's name, test accuracy, hidden state or time of use. */
  async annotate(runId: string, change: (note: RunNote) => RunNote): Promise<void> {
    const transaction = this.database.transaction('runs', 'readwrite');
    const note = await transaction.store.get(runId);
    if (!note) throw new WorkbenchError('run.missing', { run: runId });
    await transaction.store.put(change(note));
    await transaction.done;
  }

  /** Removes the runs whose deletion was not undone, and chunks that no commit names. */
  private async purge(): Promise<void> {
    const transaction = this.database.transaction(['runs', 'commits', 'chunks'], 'readwrite');
    const commits = transaction.objectStore('commits');
    const chunks = transaction.objectStore('chunks');
    for (const note of await transaction.objectStore('runs').getAll()) {
      if (note.deletedAt === undefined) continue;
      await transaction.objectStore('runs').delete(note.id);
      await commits.delete(keysOf(note.id));
    }
    const committed = new Set((await commits.getAllKeys()).map((key) => key.join('/')));
    for (const key of await chunks.getAllKeys()) {
      const [runId, generation] = key;
      if (!committed.has(`${runId}/${generation}`)) await chunks.delete(key);
    }
    await transaction.done;
  }

  private async generations(runId: string): Promise<number[]> {
    const keys = await this.database.getAllKeys('commits', keysOf(runId));
    return keys.map((key) => at(key as [string, number], 1) as number);
  }

  private async removeChunks(runId: string, generation: number): Promise<void> {
    await this.database.delete('chunks', keysOf(runId, generation)).catch(() => {
      // Leftovers are swept when the store is opened next; the failure that led here matters more.
    });
  }
}

function withNote(record: RunRecord, note: RunNote | undefined): RunRecord {
  if (!note) return record;
  const { name, testAccuracy } = note;
  return { ...record, name, ...(testAccuracy === undefined ? {} : { testAccuracy }) };
}

export function summaryOf(record: RunRecord, storedBytes: number): RunSummary {
  const { id, name, status, createdAt, updatedAt, recipe, datasetName, engine, step } = record;
  const validationAccuracy = record.history.validation.at(-1)?.accuracy;
  return {
    ...{ id, name, status, createdAt, updatedAt, recipe, datasetName, engine, step, storedBytes },
    ...(validationAccuracy === undefined ? {} : { validationAccuracy }),
    ...(record.testAccuracy === undefined ? {} : { testAccuracy: record.testAccuracy }),
  };
}

function asStorageError(error: unknown, tensors: readonly NamedTensor[]): unknown {
  if (!(error instanceof DOMException)) return error;
  if (error.name === 'QuotaExceededError') {
    const bytes = tensors.reduce((total, { values }) => total + values.byteLength, 0);
    return new WorkbenchError('storage.quota', { bytes });
  }
  return new WorkbenchError('storage.unavailable', { problem: error.message });
}
