import type { IDBPTransaction, StoreNames } from 'idb';
import * as v from 'valibot';
import { MNIST_ID } from '../domain/data/datasetIdentity.ts';
import type { DrawnFigures } from '../domain/drawing/drawings.ts';
import { type Curves, curvesOf } from '../domain/metrics/history.ts';
import { factsOf, type RunFacts, type RunRecord } from '../domain/runs/run.ts';
import { isBeginningOf, nothingKept, putNewPoints } from './curveBlocks.ts';
import { HistorySchema } from './records/runSchemas.ts';
import type { Commit, RunNote, WorkbenchSchema } from './schema.ts';
import type { KeptCurves } from './version.ts';

/** What a run's record and note had until version 3 of the database. */
interface Figures3 {
  readonly testAccuracy?: number;
  readonly drawnScore?: DrawnFigures | Omit<DrawnFigures, 'step'>;
}

type OfSet = Pick<RunFacts, 'datasetName' | 'datasetId'>;

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
  const runs = transaction.objectStore('runs');
  /** Of each run, as its newest checkpoint has it. */
  const sets = new Map<string, OfSet>();
  for await (const at of transaction.objectStore('commits')) {
    const commit = at.value;
    const record = ifPossible(() => recordOf3(commit.record));
    if (!record) continue;
    const { datasetName, datasetId } = record;
    sets.set(commit.runId, { datasetName, ...(datasetId !== undefined && { datasetId }) });
    await at.update({ ...commit, record } satisfies Commit);
  }
  for (const stored of await runs.getAll()) {
    const note = ifPossible(() => noteOf3(stored, sets.get(stored.id)));
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

function noteOf3(stored: RunNote & Figures3, of: OfSet | undefined): RunNote {
  const { testAccuracy, drawnScore: _, ...note } = stored;
  const { evaluation } = note;
  if (testAccuracy === undefined || !evaluation || !of) return note;
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
 * share once. In memory are one commit at a time and the curves of the one before, for a run may have a
 * million steps. A commit that cannot be read otherwise gives its curves all the same, for a later version
 * that can; what has none stays as it is.
 */
export async function moveHistories(transaction: Upgrade): Promise<void> {
  const blocks = transaction.objectStore('curves');
  let before: Moved | undefined;
  for await (const at of transaction.objectStore('commits')) {
    const commit = at.value as unknown as Commit4;
    const curves = ifPossible(() => curvesOf(v.parse(HistorySchema, commit.record.history)));
    if (!curves) continue;
    const [runId, generation] = at.key;
    const goesOn = before?.runId === runId && isBeginningOf(before.curves, curves);
    const known: KeptCurves = goesOn && before ? before.kept : nothingKept;
    const kept = await putNewPoints(blocks, [runId, generation], curves, known);
    before = { runId, curves, kept };
    const lastValidation = curves.validation.at(-1);
    await at.update({
      ...{ ...commit, record: factsOf(commit.record), curveBlocks: kept.blocks },
      ...(lastValidation && { lastValidation }),
    });
  }
}

interface Moved {
  readonly runId: string;
  readonly curves: Curves;
  readonly kept: KeptCurves;
}
