import type { DatasetSummary } from '../../domain/data/dataset.ts';
import type { Evaluation } from '../../domain/metrics/metrics.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import type { ExperimentMark, RunRecord, RunSummary } from '../../domain/runs/run.ts';
import type { EvaluateOptions } from '../../protocol/protocol.ts';

/** What an ablation asks of the worker. Refusals are not told but thrown. */
export interface AblationCommands {
  /** The one that is open, or MNIST, which is then opened. */
  dataset(): Promise<DatasetSummary>;
  train(recipe: Recipe, experiment: ExperimentMark): Promise<RunSummary>;
  resume(): Promise<RunSummary>;
  pause(): Promise<void>;
  stop(): Promise<void>;
  /** As it was kept last. */
  openRun(id: string): Promise<void>;
  evaluate(options: EvaluateOptions): Promise<Evaluation>;
  runRecord(id: string): Promise<RunRecord>;
  /** Makes a failure a notice. */
  tell(error: unknown): void;
}
