import type { DatasetSummary } from '../domain/data/dataset.ts';
import type { KeptDataset } from '../domain/data/keptDataset.ts';
import type { KeptDrawing } from '../domain/drawing/drawings.ts';
import type { EngineReport } from '../domain/machine/engineReport.ts';
import type { Preparation } from '../domain/machine/tuning.ts';
import type { PackedHistory } from '../domain/metrics/history.ts';
import type { RunEvaluation, TrainingPoint, ValidationPoint } from '../domain/metrics/metrics.ts';
import type { RunFacts, RunSummary } from '../domain/runs/run.ts';
import type { StorageReport } from '../domain/runs/storageReport.ts';
import type { KeptKind, UnreadableRecord } from '../domain/runs/unreadable.ts';
import type { ErrorParams } from '../util/errors.ts';
import type { ErrorCode } from '../util/errorTexts.ts';
import type { Phase } from './protocol.ts';

/** What the worker tells the page by itself, every kind of message. */

/**
 * How an event travels: posted beside comlink's own messages, through the same port, so that all
 * events of a call arrive before its answer.
 */
export interface EventMessage {
  readonly workbenchEvent: WorkerEvent;
}

/** Sent every second between two pieces of work, so that a hung worker is told from a busy one. */
export interface HeartbeatMessage {
  /** How long the worker may be busy from now on without another word: a step, say. */
  readonly heartbeat: { readonly busyMs: number };
}

export type WorkerMessage = EventMessage & HeartbeatMessage;

export type WorkerEvent =
  | PhaseEvent
  | EngineEvent
  | DatasetProgressEvent
  | DatasetEvent
  | DatasetsEvent
  | RunEvent
  | PreparationEvent
  | StepEvent
  | ValidationEvent
  | CheckpointEvent
  | EvaluationProgressEvent
  | EvaluationEvent
  | RobustnessEvent
  | DrawingsEvent
  | ChangedDrawingsEvent
  | ScoringEvent
  | RunsEvent
  | ListedRunEvent
  | OpeningEvent
  | UnreadableEvent
  | StorageEvent
  | RunsExportEvent
  | PredictionsEvent
  | InsideEvent
  | ErrorEvent;

export interface PhaseEvent {
  readonly type: 'phase';
  readonly phase: Phase;
}

export interface EngineEvent {
  readonly type: 'engine';
  readonly report: EngineReport;
}

export interface DatasetProgressEvent {
  readonly type: 'datasetProgress';
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

export interface DatasetEvent {
  readonly type: 'dataset';
  readonly summary: DatasetSummary;
}

/** Every data set that is kept, the newest first. */
export interface DatasetsEvent {
  readonly type: 'datasets';
  readonly datasets: readonly KeptDataset[];
}

/** A run was begun, opened or imported: the page forgets the one before. */
export interface RunEvent {
  readonly type: 'run';
  readonly record: RunFacts;
  /** Missing where the page has them: what is new of them comes in `step` and `validation` events. */
  readonly curves?: PackedHistory;
}

/** Before the first step of a run on webgpu, with `preparation`; once more without it, when it is over. */
export interface PreparationEvent {
  readonly type: 'preparation';
  readonly preparation?: Preparation;
}

/** Sent at most ten times a second while training. */
export interface StepEvent {
  readonly type: 'step';
  /** Every step since the last event, in order. */
  readonly points: readonly TrainingPoint[];
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

export interface ValidationEvent {
  readonly type: 'validation';
  readonly point: ValidationPoint;
}

/** Sent when the checkpoint is on disk, not before. */
export interface CheckpointEvent {
  readonly type: 'checkpoint';
  readonly runId: string;
  readonly step: number;
  readonly bytes: number;
  readonly savedAt: number;
}

export interface EvaluationProgressEvent {
  readonly type: 'evaluationProgress';
  readonly done: number;
  readonly total: number;
}

export interface EvaluationEvent {
  readonly type: 'evaluation';
  readonly evaluation: RunEvaluation;
}

/** How many images of all tests are read; once more without `progress` when it is done or given up. */
export interface RobustnessEvent {
  readonly type: 'robustness';
  readonly progress?: { readonly done: number; readonly total: number };
}

/** Of the personal test set these are new or there again, and these are gone: one costs the same among many. */
export interface ChangedDrawingsEvent {
  readonly type: 'changedDrawings';
  readonly shown: readonly KeptDrawing[];
  readonly gone: readonly string[];
}

/** The whole personal test set, the oldest first. */
export interface DrawingsEvent {
  readonly type: 'drawings';
  readonly drawings: readonly KeptDrawing[];
}

/** How many runs have read the drawings; once more without `progress` when it is done or given up. */
export interface ScoringEvent {
  readonly type: 'scoring';
  readonly progress?: { readonly done: number; readonly total: number };
}

/** One run of the list is this now, or is no more: a change costs the same among many runs as among few. */
export interface ListedRunEvent {
  readonly type: 'listedRun';
  readonly id: string;
  readonly run?: RunSummary;
}

export interface RunsEvent {
  readonly type: 'runs';
  readonly runs: readonly RunSummary[];
}

/** Something that is stored is being opened; once more without it when that is over. */
export interface OpeningEvent {
  readonly type: 'opening';
  readonly opening?: Opening;
}

export interface Opening {
  readonly kind: 'run' | 'dataset';
  readonly id: string;
}

/** All that is stored of a kind and cannot be read: where there is any, and once where there is none left. */
export interface UnreadableEvent {
  readonly type: 'unreadable';
  readonly kind: KeptKind;
  readonly records: readonly UnreadableRecord[];
}

/** Sent whenever what is stored has changed. */
export interface StorageEvent {
  readonly type: 'storage';
  readonly report: StorageReport;
}

/** How many runs are in the zip file; once more without `progress` when it is done or given up. */
export interface RunsExportEvent {
  readonly type: 'runsExport';
  readonly progress?: { readonly done: number; readonly total: number };
}

/** How many images are read; once more without `progress` when it is done or given up. */
export interface PredictionsEvent {
  readonly type: 'predictions';
  readonly progress?: { readonly done: number; readonly total: number };
}

/** How far a look inside is that takes long; once more without `progress` when it is done or given up. */
export interface InsideEvent {
  readonly type: 'inside';
  readonly task: 'explain' | 'exciting';
  readonly progress?: { readonly done: number; readonly total: number };
}

/** `code` is absent where the failure is a bug of ours; then `message` is all there is. */
export interface ErrorEvent {
  readonly type: 'error';
  /** Where the user should know of something, but nothing that was asked for has failed. */
  readonly kind?: 'warning';
  readonly code?: ErrorCode;
  readonly params?: ErrorParams;
  readonly message: string;
}
