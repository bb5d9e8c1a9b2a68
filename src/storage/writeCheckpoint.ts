import type { History } from '../domain/metrics/metrics.ts';
import { factsOf, type NamedTensor, type RunFacts, type RunRecord } from '../domain/runs/run.ts';
import { hashOf } from '../util/bytePieces.ts';
import { type Phrase, WorkbenchError } from '../util/errors.ts';
import { newId } from '../util/newId.ts';
import { packChunks, tensorEntries } from './chunks.ts';
import { putNewPoints } from './curveBlocks.ts';
import { inTransaction, isFull, keysOf } from './database.ts';
import { recordIfReadable } from './records/readRecord.ts';
import type { Commit, RunNote, WorkbenchDatabase } from './schema.ts';
import { type CheckpointVersion, isSameVersion, mayReplace, versionOf } from './version.ts';

/**
 * How many complete checkpoints of a run stay: the newest, and the one to fall back on. Beside them stay
 * those that cannot be read, as long as the run.
 */
export const GENERATIONS_KEPT = 2;

/** For tests, which break a checkpoint's transactions: called in each, after its last request. */
export type WriteProbe = (transaction: { abort(): void }) => void;

/**
 * Writes the chunks of a checkpoint, then the record that makes them one.
 * @param known what it goes on from; throws `run.trainedElsewhere` where another tab has written since
 * @returns the bytes of the tensors, and as what it is stored
 */
export async function writeCheckpoint(
  database: WorkbenchDatabase,
  record: RunRecord,
  tensors: readonly NamedTensor[],
  generation: number,
  known: CheckpointVersion,
  probe: WriteProbe,
): Promise<{ readonly bytes: number; readonly version: CheckpointVersion }> {
  const { id } = record;
  const chunkHashes: string[] = [];
  let bytes = 0;
  for (const chunk of packChunks(tensors)) {
    const index = chunkHashes.length;
    chunkHashes.push(await hashOf(chunk));
    bytes += chunk.byteLength;
    await inTransaction(database, ['chunks'], 'readwrite', async (transaction) => {
      await transaction.store.put(chunk.buffer, [id, generation, index]);
      probe(transaction);
    });
  }
  const lastValidation = record.history.validation.at(-1);
  const commit: Omit<Commit, 'curveBlocks'> = {
    runId: id,
    generation,
    record: factsOf(record),
    ...(lastValidation && { lastValidation }),
    tensors: tensorEntries(tensors),
    chunkHashes,
    bytes,
  };
  const version = await putCommit(database, commit, record.history, known, probe);
  return { bytes, version };
}

/** Puts the record that makes a checkpoint of its chunks, and drops the oldest one. */
async function putCommit(
  database: WorkbenchDatabase,
  commit: Omit<Commit, 'curveBlocks'>,
  history: History,
  known: CheckpointVersion,
  probe: WriteProbe,
): Promise<CheckpointVersion> {
  const { runId, generation, record, chunkHashes } = commit;
  return inTransaction(
    database,
    ['commits', 'chunks', 'curves', 'runs'],
    'readwrite',
    async (transaction) => {
      const commits = transaction.objectStore('commits');
      const chunks = transaction.objectStore('chunks');
      const runs = transaction.objectStore('runs');
      const newestKey = (await commits.getAllKeys(keysOf(runId))).at(-1);
      const newest = versionOf(newestKey && (await commits.get(newestKey)));
      if (newest.generation >= generation || !mayReplace(known, newest)) {
        throw trainedElsewhere(record);
      }
      if (chunkHashes.length > 0) {
        const written = IDBKeyRange.bound(
          [runId, generation, 0],
          [runId, generation, chunkHashes.length - 1],
        );
        const count = await chunks.count(written);
        if (count < chunkHashes.length) {
          throw interrupted(record, { code: 'checkpoint.removed' });
        }
      }
      // Of a run that was removed meanwhile nothing is there, and it begins anew.
      const curves = await putNewPoints(
        transaction.objectStore('curves'),
        [runId, generation],
        history,
        isSameVersion(newest, known) ? known.curves : undefined,
      );
      const lineage = newestKey ? newest.lineage : newId();
      const line = lineage === undefined ? {} : { lineage };
      await commits.put({ ...commit, ...line, curveBlocks: curves.blocks });
      // A hidden run that is trained on shows again.
      const { deletedAt: _, ...note }: RunNote = {
        // The name that another tab gave it meanwhile stays.
        ...{ name: record.name, ...recordIfReadable('runs', await runs.get(runId)) },
        ...{ id: runId, openedAt: Date.now() },
      };
      await runs.put(note);
      const generations = await commits.getAllKeys(keysOf(runId));
      let kept = 0;
      for (const [, old] of generations.toReversed()) {
        // What cannot be read stays: a later version may read it, or its owner may take it away.
        if (!recordIfReadable('commits', await commits.get([runId, old]))) continue;
        if (++kept <= GENERATIONS_KEPT) continue;
        await commits.delete([runId, old]);
        await chunks.delete(keysOf(runId, old));
      }
      probe(transaction);
      return { ...line, generation, revision: 0, curves };
    },
    { durability: 'strict' },
  );
}

/** Another tab has saved or changed the run since this one opened or saved it. */
export function trainedElsewhere({ name }: RunFacts): WorkbenchError {
  return new WorkbenchError('run.trainedElsewhere', { run: name });
}

/** Takes back the chunks of a checkpoint that came to nothing. */
export async function removeChunks(
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

function interrupted({ step }: RunFacts, problem: string | number | Phrase): WorkbenchError {
  return new WorkbenchError('storage.interrupted', { step, problem });
}

/** Why a checkpoint could not be written, in words of ours. */
export function asStorageError(
  error: unknown,
  record: RunRecord,
  tensors: readonly NamedTensor[],
): unknown {
  if (!(error instanceof WorkbenchError)) return error;
  if (error.code === 'storage.failed') return interrupted(record, error.params.problem ?? '');
  if (!isFull(error)) return error;
  const bytes = tensors.reduce((total, { values }) => total + values.byteLength, 0);
  return new WorkbenchError('storage.quota', { neededMB: Math.ceil(bytes / 1e6) });
}
