import { type IDBPTransaction, openDB, type StoreNames } from 'idb';
import { WorkbenchError } from '../util/errors.ts';
import { giveFiguresTheirSteps } from './migrations.ts';
import type { WorkbenchDatabase, WorkbenchSchema } from './schema.ts';

/** The opening of the one IndexedDB database, and the way to its stores. */

const DATABASE_VERSION = 4;
export const DATABASE_NAME = 'alexnet-workbench';

/** What may befall an open database, or one that is being opened. */
export interface DatabaseListener {
  /** Another tab holds an older version and does not let go; the opening waits for it. */
  onBlocked(): void;
  /** Another tab wants the database in a newer version, or gone. It waits until ours is closed. */
  onWanted(reason: 'upgrade' | 'deletion'): void;
  /** The browser closed it without asking, as when the user clears the site's data. */
  onClosed(): void;
}

export async function openDatabase(
  name: string,
  listener: DatabaseListener,
): Promise<WorkbenchDatabase> {
  try {
    return await openDB<WorkbenchSchema>(name, DATABASE_VERSION, {
      async upgrade(database, oldVersion, _newVersion, transaction) {
        // One step a released version, so that each is reached from every one before it.
        if (oldVersion < 1) {
          database.createObjectStore('runs', { keyPath: 'id' });
          database.createObjectStore('commits', { keyPath: ['runId', 'generation'] });
          database.createObjectStore('chunks');
        }
        if (oldVersion < 2) database.createObjectStore('tuning');
        if (oldVersion < 3) {
          database.createObjectStore('drawings', { keyPath: 'id' });
          database.createObjectStore('datasets', { keyPath: 'id' });
          database.createObjectStore('datasetParts');
        }
        if (oldVersion >= 1 && oldVersion < 4) await giveFiguresTheirSteps(transaction);
      },
      blocked: () => listener.onBlocked(),
      blocking: (_current, wanted) => listener.onWanted(wanted === null ? 'deletion' : 'upgrade'),
      terminated: () => listener.onClosed(),
    });
  } catch (error) {
    // The stored version is a newer one than ours.
    if (error instanceof DOMException && error.name === 'VersionError') {
      throw new WorkbenchError('storage.outdated');
    }
    throw new WorkbenchError('storage.unavailable', { problem: String(error) });
  }
}

type StoreName = StoreNames<WorkbenchSchema>;

/**
 * Runs a task in one transaction, the only way to the stores. Resolves once it is complete, and
 * for `durability: 'strict'` on disk; rejects with what ended it, and then nothing has changed.
 */
export async function inTransaction<
  const Names extends readonly StoreName[],
  Mode extends 'readonly' | 'readwrite',
  Result,
>(
  database: WorkbenchDatabase,
  stores: Names,
  mode: Mode,
  task: (transaction: IDBPTransaction<WorkbenchSchema, Names, Mode>) => Promise<Result>,
  options?: IDBTransactionOptions,
): Promise<Result> {
  const transaction = begun(() => database.transaction(stores, mode, options));
  const ended = transaction.done.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  try {
    const result = await task(transaction);
    const failure = await ended;
    if (failure) throw failure.error;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has ended already.
    }
    await ended;
    // A request of an aborted transaction says only that; the transaction says why.
    throw inWords(transaction.error ?? error);
  }
}

/** None begins in a database that was closed meanwhile. */
function begun<T>(begin: () => T): T {
  try {
    return begin();
  } catch (error) {
    throw inWords(error);
  }
}

/** What the browser says of storing is English, and of a full disk it may say nothing at all. */
function inWords(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  if (error.name === 'QuotaExceededError') return new WorkbenchError('storage.full');
  return new WorkbenchError('storage.failed', { problem: error.message || error.name });
}

/** Whether a change came to nothing because the browser has no room left. */
export function isFull(error: unknown): boolean {
  return error instanceof WorkbenchError && error.code === 'storage.full';
}

/** The range of all keys that begin with this run (and generation). */
export function keysOf(runId: string, generation?: number): IDBKeyRange {
  const prefix = generation === undefined ? [runId] : [runId, generation];
  // An array sorts after every number and string, so [] closes the range.
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}
