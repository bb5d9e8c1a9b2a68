import type { DatasetSummary } from '../domain/dataset.ts';
import type { EngineChoice, EngineReport } from '../domain/engineReport.ts';
import type { Evaluation } from '../domain/metrics.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { RunSummary } from '../domain/run.ts';
import type { WeightsFormat } from '../domain/weightsFormat.ts';
import type { ExportedArchive, ExportedFile, Picture, Prediction } from '../protocol/protocol.ts';
import type { WorkbenchState } from './state.ts';

/**
 * The workbench as the panels, the command line and the browser's console use it
 * (`window.workbench`). Every command that is refused rejects with a `WorkbenchError`, and the
 * refusal also stands in `state().notices`.
 */
export interface Workbench {
  state(): WorkbenchState;
  /** Calls back after every change of state; returns the function that ends it. */
  subscribe(listener: (state: WorkbenchState, previous: WorkbenchState) => void): () => void;

  selectEngine(engine: EngineChoice): Promise<EngineReport>;
  /** Changes how many threads train on the wasm engine, at most as many as there are. */
  selectThreads(threads: number): Promise<EngineReport>;
  /** Forgets which kernels were the fastest on this machine; the next run on webgpu measures again. */
  clearKernelChoices(): Promise<void>;
  /** Changes some controls of the recipe. Values outside their range are refused. */
  setRecipe(changes: Partial<Recipe>): void;

  loadDataset(): Promise<DatasetSummary>;
  importDataset(files: readonly File[]): Promise<DatasetSummary>;

  /** Trains a new run with the recipe of the controls, these changes included. Settles at its end. */
  train(changes?: Partial<Recipe>): Promise<RunSummary>;
  pause(): Promise<void>;
  /** Goes on with the current run, or trains a finished or imported one for `moreSteps`. */
  resume(moreSteps?: number): Promise<RunSummary>;
  stop(): Promise<void>;

  evaluate(): Promise<Evaluation>;
  cancelEvaluation(): Promise<void>;
  /** Pixels of test images, in the order asked for. */
  testImages(indices: readonly number[]): Promise<Uint8Array>;
  predict(picture: Picture): Promise<Prediction>;
  clearPrediction(): void;

  exportWeights(format?: WeightsFormat): Promise<ExportedFile>;
  importWeights(file: File): Promise<RunSummary>;

  openRun(id: string): Promise<void>;
  deleteRun(id: string): Promise<void>;
  restoreRun(id: string): Promise<void>;
  renameRun(id: string, name: string): Promise<void>;
  /** Deletes every run; `restoreRuns` brings these back for `DELETION_UNDO_MS`. */
  deleteAllRuns(): Promise<readonly string[]>;
  restoreRuns(ids: readonly string[]): Promise<void>;
  /** One zip file with the weights and the curves of every run. */
  exportRuns(): Promise<ExportedArchive>;
  /** Asks the browser not to clear what is stored by itself; gives its answer. */
  keepStorage(): Promise<boolean>;

  dismissNotice(id: number): void;
}
