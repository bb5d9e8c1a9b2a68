import type { IDBPTransaction, StoreNames } from 'idb';
import * as v from 'valibot';
import { MNIST_ID } from '../domain/data/datasetIdentity.ts';
import type { DrawnFigures } from '../domain/drawing/drawings.ts';
import type { History } from '../domain/metrics/metrics.ts';
import { factsOf, type RunFacts, type RunRecord } from '../domain/runs/run.ts';
import { assert } from '../util/assert.ts';
import { isBeginningOf, nothingKept, putNewPoints } from './curveBlocks.ts';
import { recordIfReadable } from './records/readRecord.ts';
import { HistorySchema } from './records/runSchemas.ts';
import type { Commit, RunNote, WorkbenchSchema } from './schema.ts';
import type { KeptCurves } from './version.ts';

/** What a run's record and note had until version 3 of the database. */
interface Figures3 {
  readonly testAccuracy?: number;
  readonly drawnScore?: DrawnFigures | Omit<DrawnFigures, 'step'>;
}

export type Upgrade = IDBPTransaction<
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
  const records = new Map<string, RunFacts>();
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

function recordOf3(stored: RunFacts & Figures3): RunFacts {
  const { testAccuracy: _, drawnScore: __, ...record } = stored;
  // What came from a file has never been trained here: what its set's name means nobody knows.
  const isFromFile = record.status === 'imported' && record.scalingImages === undefined;
  const isOfMnist = record.datasetId === undefined && record.datasetName === 'MNIST' && !isFromFile;
  return isOfMnist ? { ...record, datasetId: MNIST_ID } : record;
}

function noteOf3(stored: RunNote & Figures3, record: RunFacts | undefined): RunNote {
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

/** What a commit was until version 4 of the database. */
interface Commit4 extends Omit<Commit, 'record' | 'curveBlocks' | 'lastValidation'> {
  readonly record: RunRecord;
}

/**
 * To version 5: the curves of a run leave its commits for blocks of their own, those that two commits
 * share once. One commit is in memory at a time, for a run may have a million steps. What is no commit
 * with curves stays as it is.
 */
export async function moveHistories(transaction: Upgrade): Promise<void> {
  const curves = transaction.objectStore('curves');
  let before: Moved | undefined;
  for (
    let at = await transaction.objectStore('commits').openCursor();
    at;
    at = await at.continue()
  ) {
    const commit = at.value as unknown as Commit4;
    const moved = ifPossible(() => withoutHistory(commit));
    if (!moved) continue;
    const { history } = moved;
    const [runId, generation] = at.key;
    const goesOn = before?.runId === runId && isBeginningOf(before.history, history);
    const known: KeptCurves = goesOn && before ? before.kept : nothingKept;
    const kept = await putNewPoints(curves, [runId, generation], history, known);
    before = { runId, history, kept };
    await at.update({ ...moved.commit, curveBlocks: kept.blocks });
  }
}

/** Throws where it is none that this version can read. */
function withoutHistory(commit: Commit4): { readonly commit: Commit; readonly history: History } {
  const history = v.parse(HistorySchema, commit.record.history);
  const lastValidation = history.validation.at(-1);
  const moved: Commit = {
    ...{ ...commit, record: factsOf(commit.record), curveBlocks: 0 },
    ...(lastValidation && { lastValidation }),
  };
  assert(recordIfReadable('commits', moved), 'a commit can be read');
  return { commit: moved, history };
}

interface Moved {
  readonly runId: string;
  readonly history: History;
  readonly kept: KeptCurves;
}
