import { Curve } from '../domain/metrics/curve.ts';
import { type Curves, noHistory } from '../domain/metrics/history.ts';
import { type Phrase, WorkbenchError } from '../util/errors.ts';
import { inTransaction } from './database.ts';
import { readRecord } from './records/readRecord.ts';
import type { Commit, CurveKey, WorkbenchDatabase } from './schema.ts';
import type { KeptCurves } from './version.ts';

/** What was read of the curves of a checkpoint. */
export interface ReadCurves {
  readonly history: Curves;
  readonly kept: KeptCurves;
  /** That some of it is gone or cannot be read, if so. */
  readonly damaged: readonly WorkbenchError[];
}

/** The curves up to a checkpoint; of what cannot be read the rest. */
export async function readCurves(database: WorkbenchDatabase, commit: Commit): Promise<ReadCurves> {
  const { runId, generation, curveBlocks } = commit;
  const range = IDBKeyRange.bound([runId], [runId, curveBlocks]);
  const [keys, blocks] = await inTransaction(database, ['curves'], 'readonly', ({ store }) =>
    Promise.all([store.getAllKeys(range), store.getAll(range)]),
  ).catch(() => readOneByOne(database, range));
  const ofPlace = new Map<number, unknown>();
  // Those of one place come in the order of the checkpoints that wrote them.
  for (const [i, [, place, writtenBy]] of (keys as CurveKey[]).entries()) {
    if (writtenBy <= generation) ofPlace.set(place, blocks[i]);
  }
  const problems: Phrase[] = [];
  const parts: Curves[] = [];
  for (let place = 0; place < curveBlocks; place++) {
    const part = place + 1;
    const read = ofPlace.has(place)
      ? readRecord('curves', ofPlace.get(place))
      : { problem: { code: 'checkpoint.gone', params: { part, parts: curveBlocks } } as const };
    if ('problem' in read) problems.push(read.problem);
    else {
      const { training, validation } = read.record;
      parts.push({ training: Curve.of(training), validation: Curve.of(validation) });
    }
  }
  const history = joined(parts);
  const { training, validation } = history;
  const kept = { blocks: curveBlocks, training: training.length, validation: validation.length };
  return { history, kept, damaged: unreadableCurves(commit, problems) };
}

/** Where the browser fails to read one block, the others are read all the same. */
async function readOneByOne(
  database: WorkbenchDatabase,
  range: IDBKeyRange,
): Promise<[CurveKey[], unknown[]]> {
  const keys = await inTransaction(database, ['curves'], 'readonly', ({ store }) =>
    store.getAllKeys(range),
  );
  const blocks: unknown[] = [];
  for (const key of keys) {
    const reading = inTransaction(database, ['curves'], 'readonly', ({ store }) => store.get(key));
    blocks.push(await reading.catch(() => undefined));
  }
  return [keys, blocks];
}

function joined(parts: readonly Curves[]): Curves {
  return {
    training: noHistory.training.joinedBy(parts.map(({ training }) => training)),
    validation: noHistory.validation.joinedBy(parts.map(({ validation }) => validation)),
  };
}

/** The run is there all the same, but not the whole of its curves. */
function unreadableCurves(
  { record, curveBlocks }: Commit,
  problems: readonly Phrase[],
): readonly WorkbenchError[] {
  const [problem] = problems;
  if (!problem) return [];
  const params = { run: record.name, count: problems.length, total: curveBlocks, problem };
  return [new WorkbenchError('storage.curvesUnreadable', params)];
}
