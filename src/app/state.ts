import type { AblationQueue } from '../domain/ablation/ablationQueue.ts';
import type { RobustnessReport } from '../domain/augment/robustness.ts';
import type { DatasetSummary } from '../domain/data/dataset.ts';
import type { KeptDataset } from '../domain/data/keptDataset.ts';
import type { DrawnScore, KeptDrawing } from '../domain/drawing/drawings.ts';
import type { EngineChoice, EngineReport } from '../domain/machine/engineReport.ts';
import type { Preparation } from '../domain/machine/tuning.ts';
import type { History, RunEvaluation } from '../domain/metrics/metrics.ts';
import type { Recipe } from '../domain/recipe/recipe.ts';
import type { RunRecord, RunSummary } from '../domain/runs/run.ts';
import type { StorageReport } from '../domain/runs/storageReport.ts';
import type { UnreadableRecord } from '../domain/runs/unreadable.ts';
import type { Phase, Prediction } from '../protocol/protocol.ts';
import type { InsideEvent, Opening } from '../protocol/workerEvents.ts';
import type { ErrorParams } from '../util/errors.ts';
import type { ErrorCode } from '../util/errorTexts.ts';

/** All that the panels show. Replaced, never changed in place. */
export interface WorkbenchState {
  readonly phase: Phase;
  readonly engineChoice: EngineChoice;
  readonly engine: EngineReport | undefined;
  readonly dataset: DatasetState;
  /** Imported data sets that this browser keeps, the newest first. */
  readonly datasets: readonly KeptDataset[];
  /** What the controls say; a run begins with a copy. */
  readonly recipe: Recipe;
  /** The run whose model is in memory. */
  readonly run: RunState | undefined;
  /** While the GPU is made ready for the run's first step. */
  readonly preparation: Preparation | undefined;
  readonly evaluation: EvaluationState;
  /** The last test of robustness of the run in memory, and how far one is that goes on. */
  readonly robustness: RobustnessReport | undefined;
  readonly robustnessProgress: { readonly done: number; readonly total: number } | undefined;
  readonly prediction: Prediction | undefined;
  /** The personal test set, the oldest first, and how the run in memory last read it. */
  readonly drawings: readonly KeptDrawing[];
  readonly drawnScore: DrawnScore | undefined;
  /** While every run reads it. */
  readonly scoring: { readonly done: number; readonly total: number } | undefined;
  readonly runs: readonly RunSummary[];
  /** What is just being opened of what is stored. */
  readonly opening: Opening | undefined;
  /**
   * What is not opened by itself, as a page or its worker died of it: ids of runs and data sets. What is
   * opened well after all is none of them any more.
   */
  readonly passedOver: readonly string[];
  /** Whether the page's link asks for a training that nobody has agreed to yet. */
  readonly linkAsks: boolean;
  /** What is stored and cannot be read. */
  readonly unreadable: readonly UnreadableRecord[];
  /** Unknown until the worker has looked, and where the browser does not tell. */
  readonly storage: StorageReport | undefined;
  /** While all runs are written into one file. */
  readonly runsExport: { readonly done: number; readonly total: number } | undefined;
  /** While a whole set of images is read. */
  readonly predictions: { readonly done: number; readonly total: number } | undefined;
  /** How far a look inside is that takes long: `explain`, `exciting`. */
  readonly inside: Readonly<
    Partial<Record<InsideEvent['task'], { readonly done: number; readonly total: number }>>
  >;
  /** The runs of an ablation and how far they are, in this visit or one before. */
  readonly ablation: AblationQueue | undefined;
  readonly notices: readonly Notice[];
  /** How many there have been, dismissed ones too: the last one's `id`. */
  readonly noticesTold: number;
}

/** What stands while the worker does something: all of it ends with the worker. */
export const nothingUnderWay = {
  opening: undefined,
  preparation: undefined,
  robustnessProgress: undefined,
  scoring: undefined,
  runsExport: undefined,
  predictions: undefined,
  inside: {},
} as const satisfies Partial<WorkbenchState>;

/** What is shown of a run and its model, while there is none. */
export const nothingOfRun = {
  run: undefined,
  evaluation: { status: 'none' },
  robustness: undefined,
  prediction: undefined,
  drawnScore: undefined,
} as const satisfies Partial<WorkbenchState>;

export type DatasetState =
  | { readonly status: 'absent' }
  | { readonly status: 'loading'; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly status: 'ready'; readonly summary: DatasetSummary };

/** `record` is as it was when the run was begun or opened; the live figures stand beside it. */
export interface RunState {
  readonly record: RunRecord;
  readonly step: number;
  readonly training: History['training'];
  readonly validation: History['validation'];
  readonly imagesPerSecond: number | undefined;
  readonly secondsLeft: number | undefined;
  readonly checkpoint: { readonly step: number; readonly savedAt: number } | undefined;
}

export type EvaluationState =
  | { readonly status: 'none' }
  | { readonly status: 'running'; readonly done: number; readonly total: number }
  | { readonly status: 'done'; readonly evaluation: RunEvaluation };

/** Something to tell the user: a failure (with `code`), or a piece of news (with `news`). */
export interface Notice {
  readonly id: number;
  readonly kind: 'error' | 'warning' | 'info';
  readonly code?: ErrorCode;
  readonly news?: News;
  readonly params?: ErrorParams;
  readonly message: string;
}

/** What went well and would not be seen otherwise. */
export type News =
  | 'kernelChoicesCleared'
  | 'restartWaits'
  | 'engineChanged'
  | 'gpuAway'
  | 'newVersion'
  | 'safeStart'
  | 'moreThreads';
