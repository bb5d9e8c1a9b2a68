import type { NamedTensor } from '../domain/runs/run.ts';
import { at } from '../util/assert.ts';
import { hashOf } from '../util/bytePieces.ts';
import { type Phrase, WorkbenchError } from '../util/errors.ts';
import { ChunkUnpacker } from './chunks.ts';
import { inTransaction, keysOf } from './database.ts';
import type { Commit, WorkbenchDatabase } from './schema.ts';

/** The generations of a run's complete checkpoints, oldest first. */
export async function generationsOf(database: WorkbenchDatabase, runId: string): Promise<number[]> {
  const keys = await inTransaction(database, ['commits'], 'readonly', ({ store }) =>
    store.getAllKeys(keysOf(runId)),
  );
  return keys.map((key) => at(key as [string, number], 1) as number);
}

/** The tensors of a checkpoint; throws where a part is gone or is not what was written. */
export async function readTensors(
  database: WorkbenchDatabase,
  { runId, generation, record, tensors, chunkHashes }: Commit,
): Promise<readonly NamedTensor[]> {
  const corrupt = (problem: Phrase) =>
    new WorkbenchError('storage.corrupt', { step: record.step, run: record.name, problem });
  const unpacker = new ChunkUnpacker(tensors);
  for (const [index, expected] of chunkHashes.entries()) {
    const stored = await inTransaction(database, ['chunks'], 'readonly', ({ store }) =>
      store.get([runId, generation, index]),
    );
    const part = index + 1;
    if (!(stored instanceof ArrayBuffer)) {
      throw corrupt({ code: 'checkpoint.gone', params: { part, parts: chunkHashes.length } });
    }
    const bytes = new Uint8Array(stored);
    if ((await hashOf(bytes)) !== expected) {
      throw corrupt({ code: 'checkpoint.changed', params: { part } });
    }
    unpacker.add(bytes);
  }
  if (!unpacker.complete) throw corrupt({ code: 'checkpoint.incomplete' });
  return unpacker.tensors;
}
