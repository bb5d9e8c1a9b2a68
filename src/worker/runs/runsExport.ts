import { weightSpecs } from '../../domain/architecture/shapes.ts';
import { historyCsv } from '../../domain/metrics/historyCsv.ts';
import { weightsInUse } from '../../domain/runs/weightsInUse.ts';
import { MAX_ZIP_BYTES, ZipWriter } from '../../formats/archives/zipWriter.ts';
import { writeWeights } from '../../formats/weights/weightsFile.ts';
import type { ExportedArchive } from '../../protocol/protocol.ts';
import type { RunsExportEvent } from '../../protocol/workerEvents.ts';
import type { StoredRun } from '../../storage/runStore.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { Keeper } from '../keeping/keeper.ts';
import { portableModel } from '../model/modelExchange.ts';

/**
 * Writes every run that can be read into one zip file: its weights as safetensors and its curves as
 * CSV. One run is in memory at a time; damaged ones are told and left out.
 */
export async function exportRuns(
  keeper: Keeper,
  onProgress: (progress: NonNullable<RunsExportEvent['progress']>) => void,
): Promise<ExportedArchive> {
  const runs = await keeper.list();
  const zip = new ZipWriter();
  let written = 0;
  for (const [done, { id }] of runs.entries()) {
    onProgress({ done, total: runs.length });
    const stored = await keeper.loadForExport(id);
    if (!stored) continue;
    for (const file of filesOf(stored, done + 1)) {
      written += file.bytes.length;
      if (written > MAX_ZIP_BYTES) {
        const limitMB = Math.floor(MAX_ZIP_BYTES / 1e6);
        throw new WorkbenchError('runs.tooLarge', { limitMB });
      }
      zip.add(file);
    }
  }
  onProgress({ done: runs.length, total: runs.length });
  return { name: `alexnet-workbench-runs-${today()}.zip`, blob: zip.finish() };
}

/** The number keeps apart runs of one name. */
function* filesOf({ record, tensors }: StoredRun, number: number) {
  const folder = `${String(number).padStart(2, '0')}-${slug(record.name)}`;
  const isWeight = new Set(weightSpecs(record.architecture).map(({ name }) => name));
  const weights = weightsInUse(tensors).filter(({ name }) => isWeight.has(name));
  const { name, bytes } = writeWeights(portableModel(record, weights), 'safetensors');
  yield { name: `${folder}/${name}`, bytes, deflate: false };
  const csv = new TextEncoder().encode(historyCsv(record.history));
  yield { name: `${folder}/history.csv`, bytes: csv, deflate: true };
}

function slug(name: string): string {
  const words = name.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, '-');
  return words.replace(/^[-.]+|[-.]+$/g, '').slice(0, 60) || 'run';
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
