import type { DBSchema, IDBPDatabase } from 'idb';
import type { KeptDataset } from '../domain/data/keptDataset.ts';
import type { DrawnFigures, LabelledDrawing } from '../domain/drawing/drawings.ts';
import type { TuningRecord } from '../domain/machine/tuning.ts';
import type { PackedHistory } from '../domain/metrics/history.ts';
import type { KeptEvaluation } from '../domain/metrics/keptEvaluation.ts';
import type { ValidationPoint } from '../domain/metrics/metrics.ts';
import type { RunFacts, TestFigure } from '../domain/runs/run.ts';
import type { TensorEntry } from './chunks.ts';

/** What the one IndexedDB database holds, in its present version. */
export interface WorkbenchSchema extends DBSchema {
  /** What may change about a run without a new checkpoint. */
  runs: { key: string; value: RunNote };
  /** One record a complete checkpoint; it is written after all of its chunks. */
  commits: { key: [runId: string, generation: number]; value: Commit };
  chunks: { key: ChunkKey; value: ArrayBuffer };
  /** Since version 5: the curves of runs, see `curveBlocks.ts`. */
  curves: { key: CurveKey; value: PackedHistory };
  /** Since version 2. The engine makes the keys: they name the machine, the browser, the operation. */
  tuning: { key: string; value: TuningRecord };
  /** Since version 3: the personal test set, and imported data sets with the parts of their images. */
  drawings: { key: string; value: StoredDrawing };
  datasets: { key: string; value: KeptDataset };
  datasetParts: { key: DatasetPartKey; value: ArrayBuffer };
}

export interface StoredDrawing extends LabelledDrawing {
  /** Set while the drawing is hidden and its deletion can be undone. */
  readonly deletedAt?: number;
}

export type DatasetPartKey = [datasetId: string, index: number];

export type CurveKey = [runId: string, place: number, generation: number];
export type ChunkKey = [runId: string, generation: number, index: number];
export type WorkbenchDatabase = IDBPDatabase<WorkbenchSchema>;

export interface RunNote {
  readonly id: string;
  readonly name: string;
  readonly openedAt: number;
  readonly test?: TestFigure;
  readonly drawnScore?: DrawnFigures;
  /** The last evaluation on the test images, with some of its mistakes: less than 64 KB. */
  readonly evaluation?: KeptEvaluation;
  /** Set while the run is hidden and its deletion can be undone. */
  readonly deletedAt?: number;
}

export interface Commit {
  readonly runId: string;
  readonly generation: number;
  /** See `CheckpointVersion`. */
  readonly lineage?: string;
  /** How often its record was changed since it was written; missing where it never was. */
  readonly revision?: number;
  readonly record: RunFacts;
  /** How many blocks its curves have. */
  readonly curveBlocks: number;
  /** What lists show of them. */
  readonly lastValidation?: ValidationPoint;
  readonly tensors: readonly TensorEntry[];
  /** SHA-256 of each chunk, in order. */
  readonly chunkHashes: readonly string[];
  readonly bytes: number;
}
