import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { RunRecord } from '../domain/run.ts';
import type { TuningRecord } from '../domain/tuning.ts';
import { WorkbenchError } from '../util/errors.ts';
import type { TensorEntry } from './chunks.ts';

/** The schema of the one IndexedDB database, and its opening. Nothing else names its stores. */
export interface WorkbenchSchema extends DBSchema {
  /** What may change about a run without a new checkpoint. */
  runs: { key: string; value: RunNote };
  /** One record a complete checkpoint; it is written after all of its chunks. */
  commits: { key: [runId: string, generation: number]; value: Commit };
  chunks: { key: ChunkKey; value: ArrayBuffer };
  /** Since version 2. The engine makes the keys: they name the machine, the browser, the operation. */
  tuning: { key: string; value: TuningRecord };
}

export type ChunkKey = [runId: string, generation: number, index: number];
export type WorkbenchDatabase = IDBPDatabase<WorkbenchSchema>;

export interface RunNote {
  readonly id: string;
  readonly name: string;
  readonly openedAt: number;
  readonly testAccuracy?: number;
  /** Set while the run is hidden and its deletion can be undone. */
  readonly deletedAt?: number;
}

export interface Commit {
  readonly runId: string;
  readonly generation: number;
  readonly record: RunRecord;
  readonly tensors: readonly TensorEntry[];
  /** SHA-256 of each chunk, in order. */
  readonly chunkHashes: readonly string[];
  readonly bytes: number;
}

const DATABASE_VERSION = 2;
export const DATABASE_NAME = 'alexnet-workbench';

export async function openDatabase(name = DATABASE_NAME): Promise<WorkbenchDatabase> {
  try {
    return await openDB<WorkbenchSchema>(name, DATABASE_VERSION, {
      upgrade(database, oldVersion) {
        if (oldVersion < 1) {
          database.createObjectStore('runs', { keyPath: 'id' });
          database.createObjectStore('commits', { keyPath: ['runId', 'generation'] });
          database.createObjectStore('chunks');
        }
        if (oldVersion < 2) database.createObjectStore('tuning');
      },
      // A newer version of the app wants to migrate: step aside.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
      },
    });
  } catch (error) {
    throw new WorkbenchError('storage.unavailable', { problem: String(error) });
  }
}

/** The range of all keys that begin with this run (and generation). */
export function keysOf(runId: string, generation?: number): IDBKeyRange {
  const prefix = generation === undefined ? [runId] : [runId, generation];
  // An array sorts after every number and string, so [] closes the range.
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}
