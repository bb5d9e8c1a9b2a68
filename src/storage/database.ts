import { type IDBPTransaction, openDB, type StoreNames } from 'idb';
import { WorkbenchError } from '../util/errors.ts';
import { giveFiguresTheirSteps, moveHistories, type Upgrade } from './migrations.ts';
import type { WorkbenchDatabase, WorkbenchSchema } from './schema.ts';

/** The opening of the one IndexedDB database, and the way to its stores. */

const DATABASE_VERSION = 5;

type StoreName = StoreNames<WorkbenchSchema>;

/** By what the records of each store are found; where it says nothing, each is put under a key of its own. */
const storeKeys: { readonly [Name in StoreName]: { readonly keyPath?: string | string[] } } = {
  runs: { keyPath: 'id' },
  commits: { keyPath: ['runId', 'generation'] },
  chunks: {},
  curves: {},
  tuning: {},
  drawings: { keyPath: 'id' },
  datasets: { keyPath: 'id' },
  datasetParts: {},
};
const storeNames = Object.keys(storeKeys) as StoreName[];

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
  const database = await opened(name, listener);
  const lacking = storeNames.find((store) => !hasStore(database, store));
  if (lacking === undefined) return database;
  database.close();
  const problem = { code: 'store.lacks', params: { store: lacking } } as const;
  throw new WorkbenchError('storage.unavailable', { problem });
}

async function opened(name: string, listener: DatabaseListener): Promise<WorkbenchDatabase> {
  let failure: unknown;
  try {
    return await openDB<WorkbenchSchema>(name, DATABASE_VERSION, {
      async upgrade(database, oldVersion, _newVersion, transaction) {
        // Another deployment may have made some of them in a version of its own.
        for (const name of storeNames) {
          if (!database.objectStoreNames.contains(name)) {
            database.createObjectStore(name, storeKeys[name]);
          }
        }
        if (oldVersion < 1) return;
        // The opening fails with it, and says only that it was ended.
        await wholly(transaction, () => migrate(transaction, oldVersion)).catch((error) => {
          failure = error;
        });
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
    if (isQuota(failure)) throw new WorkbenchError('storage.updateQuota');
    throw new WorkbenchError('storage.unavailable', { problem: String(failure ?? error) });
  }
}

/** One step a released version, so that each is reached from every one before it. */
async function migrate(transaction: Upgrade, oldVersion: number): Promise<void> {
  if (oldVersion < 4) await giveFiguresTheirSteps(transaction);
  if (oldVersion < 5) await moveHistories(transaction);
}

/** Whether the database has the store as it is used here: another deployment may have made it. */
function hasStore(database: WorkbenchDatabase, name: StoreName): boolean {
  if (!database.objectStoreNames.contains(name)) return false;
  const { keyPath } = database.transaction(name).store;
  return String(keyPath ?? '') === String(storeKeys[name].keyPath ?? '');
}

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
  return wholly(transaction, () => task(transaction)).catch((error: unknown) => {
    throw inWords(error);
  });
}

/** As much of a transaction as its end needs. */
interface Ending {
  readonly done: Promise<void>;
  readonly error: DOMException | null;
  abort(): void;
}

/** What is given up in the middle leaves all as it was, to be begun anew: half of it is never committed. */
async function wholly<Result>(transaction: Ending, task: () => Promise<Result>): Promise<Result> {
  const ended = transaction.done.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  try {
    const result = await task();
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
    throw transaction.error ?? error;
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
  if (isQuota(error)) return new WorkbenchError('storage.full');
  return new WorkbenchError('storage.failed', { problem: error.message || error.name });
}

const isQuota = (error: unknown) =>
  error instanceof DOMException && error.name === 'QuotaExceededError';

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
