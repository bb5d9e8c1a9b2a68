import type { IDBPTransaction, StoreNames } from 'idb';
import { MNIST_ID } from '../domain/datasetIdentity.ts';
import type { DrawnFigures } from '../domain/drawings.ts';
import type { RunRecord } from '../domain/run.ts';
import type { Commit, RunNote, WorkbenchSchema } from './schema.ts';

/** What a run's record and note had until version 3 of the database. */
interface Figures3 {
  readonly testAccuracy?: number;
  readonly drawnScore?: DrawnFigures | Omit<DrawnFigures, 'step'>;
}

type Upgrade = IDBPTransaction<
  WorkbenchSchema,
  StoreNames<WorkbenchSchema>[],
  'versionchange' | 'readwrite'
>;

/**
 * To version 4: a test accuracy has its step and its data set, a score of drawings its step, and runs
 * that were trained on MNIST say so by its identity. A figure whose step nobody knows any more is left
 * out: it is measured anew.
 */
export async function giveFiguresTheirSteps(transaction: Upgrade): Promise<void> {
  const commits = transaction.objectStore('commits');
  const runs = transaction.objectStore('runs');
  // By run, the newest last.
  const records = new Map<string, RunRecord>();
  for (const commit of await commits.getAll()) {
    const record = ifPossible(() => recordOf3(commit.record));
    if (!record) continue;
    records.set(commit.runId, record);
    await commits.put({ ...commit, record } satisfies Commit);
  }
  for (const stored of await runs.getAll()) {
    const note = ifPossible(() => noteOf3(stored, records.get(stored.id)));
    if (note) await runs.put(note);
  }
}

/** What is no record at all stays as it is: it keeps the others from nothing. */
function ifPossible<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function recordOf3(stored: RunRecord & Figures3): RunRecord {
  const { testAccuracy: _, drawnScore: __, ...record } = stored;
  // What came from a file has never been trained here: what its set's name means nobody knows.
  const isFromFile = record.status === 'imported' && record.scalingImages === undefined;
  const isOfMnist = record.datasetId === undefined && record.datasetName === 'MNIST' && !isFromFile;
  return isOfMnist ? { ...record, datasetId: MNIST_ID } : record;
}

function noteOf3(stored: RunNote & Figures3, record: RunRecord | undefined): RunNote {
  const { testAccuracy, drawnScore: _, ...note } = stored;
  const { evaluation } = note;
  if (testAccuracy === undefined || !evaluation || !record) return note;
  const { datasetName, datasetId } = record;
  const of = { datasetName, ...(datasetId === undefined ? {} : { datasetId }) };
  return {
    ...note,
    test: { step: evaluation.step, accuracy: evaluation.accuracy, ...of },
    evaluation: { ...evaluation, ...of },
  };
}
