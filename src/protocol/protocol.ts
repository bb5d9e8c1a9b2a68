import type { FixedView } from '../domain/augment/fixedView.ts';
import type { AugmentationPreview } from '../domain/augment/preview.ts';
import type { RobustnessReport } from '../domain/augment/robustness.ts';
import type { DatasetSummary } from '../domain/data/dataset.ts';
import type { DatasetStatistics } from '../domain/data/datasetStatistics.ts';
import type { ThumbnailKind } from '../domain/data/datasetThumbnails.ts';
import type { ReadingChoices } from '../domain/data/readingChoices.ts';
import type { DrawnScore, ImportedDrawings, KeptDrawing } from '../domain/drawing/drawings.ts';
import type { Exciting, ShownImages } from '../domain/inside/exciting.ts';
import type { Explanation, ExplanationMethod } from '../domain/inside/explanation.ts';
import type { Inspection, LayerFilters } from '../domain/inside/inspection.ts';
import type { EngineChoice, EngineReport } from '../domain/machine/engineReport.ts';
import type { TuningChoice } from '../domain/machine/tuning.ts';
import type { PackedHistory } from '../domain/metrics/history.ts';
import type { KeptEvaluation } from '../domain/metrics/keptEvaluation.ts';
import type { Evaluation, RunEvaluation } from '../domain/metrics/metrics.ts';
import type { Doubt } from '../domain/reading/doubts.ts';
import type { Recipe } from '../domain/recipe/recipe.ts';
import type { ExperimentMark, RunFacts, RunSummary } from '../domain/runs/run.ts';
import type { KeptKind } from '../domain/runs/unreadable.ts';
import type { WeightsFormat } from '../domain/runs/weightsFormat.ts';

/**
 * Everything that crosses between the page and the training worker.
 *
 * The page calls `WorkerApi` (comlink makes each call a message and its answer a promise) and hears
 * of all that happens through one stream of `WorkerEvent`s, in order. A call that is refused throws
 * a `WorkbenchError`; a failure that no call waits for arrives as an `error` event.
 */

/** What the session is doing. `idle` may hold a model (see `RunState`) or not. */
export const phases = [
  'starting',
  'idle',
  'loading',
  'training',
  'paused',
  'evaluating',
  'failed',
] as const;
export type Phase = (typeof phases)[number];

export interface StartOptions {
  readonly engine: EngineChoice;
  /** The address of the page, beside which the data set lies. */
  readonly siteUrl: string;
  /** Whether a run on webgpu begins with measuring which kernels are the fastest. */
  readonly tuning: TuningChoice;
  /** How many threads train on wasm; all that there are, if it is missing. */
  readonly threads?: number | undefined;
  /** The run to open, if it is stored; else the one that was used last, by whichever tab. */
  readonly runId?: string | undefined;
  /** The data set to open, if it is kept or MNIST; else the one that was used last, by whichever tab. */
  readonly datasetId?: string | undefined;
  /** What is not opened by itself, as the page died of it: ids of runs and data sets. */
  readonly passOver?: readonly string[] | undefined;
  /** Opens nothing that is stored, but for `runId` and `datasetId`. */
  readonly safe?: boolean | undefined;
}

export interface WorkerApi {
  /** Starts an engine and, if runs are stored, opens the one used last. */
  start(options: StartOptions): Promise<EngineReport>;
  /** Changes the engine; the model moves along. Refused while training. */
  selectEngine(engine: EngineChoice): Promise<EngineReport>;
  /** Changes how many threads train on wasm, at most as many as there are. Refused while training. */
  selectThreads(threads: number): Promise<EngineReport>;
  /** Forgets which kernels were the fastest here; the next run measures again. */
  clearKernelChoices(): Promise<void>;

  /** Loads the MNIST files that this site serves, with `datasetProgress` events. */
  loadDataset(): Promise<DatasetSummary>;
  /**
   * Reads files of any kind of data set, with `datasetProgress` events, and keeps what they hold. The
   * current set stays if they are refused, or if it is cancelled.
   */
  importDataset(files: readonly DatasetUpload[], choices?: ReadingChoices): Promise<DatasetSummary>;
  /**
   * Reads the files of the current set again, as these choices say in place of what was assumed. Refused
   * where they are not at hand any more: the set was kept, and the page opened anew since.
   */
  rereadDataset(choices: ReadingChoices): Promise<DatasetSummary>;
  /**
   * The same with what lies behind the name of a known data set, or behind https addresses with blanks
   * or line ends between them, of the files of one set. This sends requests to other origins, so it is
   * for addresses that the user typed or agreed to, and no others.
   */
  fetchDataset(address: string): Promise<DatasetSummary>;
  /** Ends the loading, importing or fetching in progress, which then rejects. */
  cancelDataset(): Promise<void>;
  /** Makes a kept data set the current one. */
  openDataset(id: string): Promise<DatasetSummary>;
  /** Hides a kept set; `restoreDataset` undoes it for `DELETION_KEPT_MS`, then it is removed. */
  deleteDataset(id: string): Promise<void>;
  restoreDataset(id: string): Promise<void>;
  /** Names the classes of the current set, in their order; kept with it, and with the run trained on it. */
  nameClasses(names: readonly string[]): Promise<DatasetSummary>;
  /**
   * Has so many of the training images of the current set validate in the runs to come; kept with it.
   * Which they are follows from their number alone, and fewer are always among more.
   */
  divideDataset(validationCount: number): Promise<DatasetSummary>;
  /** Undefined while there is no data set, and while the worker has something else to do. */
  datasetStatistics(): Promise<DatasetStatistics | undefined>;
  /** Pixels of the first images of a class, as those of `testImages`; `validation` if there are any. */
  datasetThumbnails(className: string, count: number, kind?: ThumbnailKind): Promise<Uint8Array>;

  /** Trains a new run; settles when it is finished, stopped or failed. Pausing does not settle it. */
  train(recipe: Recipe, options?: TrainOptions): Promise<RunSummary>;
  /** Ends the step in progress, saves a checkpoint, and waits. */
  pause(): Promise<void>;
  /** Goes on with a paused or stopped run, or trains a finished or imported one for more steps. */
  resume(moreSteps?: number, options?: ResumeOptions): Promise<RunSummary>;
  /** Ends the run where it is; it is kept, and can be resumed. */
  stop(): Promise<void>;
  /** The recipe's learning rate from the next step on, of a run that trains or waits in a pause. */
  changeLearningRate(learningRate: number): Promise<void>;
  /**
   * Training images as this recipe varies them, by the kernel of the engine that runs. Undefined where
   * there is nothing to show, and while the worker has something else to do.
   */
  previewAugmentation(recipe: Recipe, count: number): Promise<AugmentationPreview | undefined>;

  /**
   * Runs the whole test split, or what the options ask for in its place, through the model. The plain
   * test split, with test-time augmentation or without, is told in `evaluation` events too.
   */
  evaluate(options?: EvaluateOptions): Promise<RunEvaluation>;
  /** The tests of `robustnessTests`, with `robustness` events; `cancelEvaluation` ends it. */
  robustness(options?: DatasetChoice): Promise<RobustnessReport>;
  cancelEvaluation(): Promise<void>;
  /** Pixels of test images, `height * width * channels` bytes each, in the order asked for. */
  testImages(indices: readonly number[]): Promise<Uint8Array>;
  /**
   * Prepares a picture as the training images of the model were, and reads it: each of the characters
   * that stand side by side. A blank one gives `blank: true`.
   */
  predict(picture: Picture): Promise<Prediction>;

  /**
   * What each layer makes of a picture: one that is prepared as `predict` does it, or the very bytes that the
   * network sees (`height * width`, or `height * width * channels`). While a run trains it is done between two
   * steps, twice a second at most; of questions that wait the last alone is answered, and the others reject
   * with `inside.overtaken`. Of `only` these layers, if they are named.
   */
  inspect(picture: Picture | Uint8Array, only?: readonly string[]): Promise<Inspection>;
  /** The weights of a layer, with the same manners. */
  filters(layer: string): Promise<LayerFilters>;
  /**
   * Why a picture is read as the class of this label, or why not, with `inside` events; given up where
   * another explanation is asked for.
   */
  explain(
    picture: Picture | Uint8Array,
    label: number,
    method: ExplanationMethod,
  ): Promise<Explanation>;
  /**
   * What excites each unit of a layer most, of up to `MOST_EXCITING` validation images, with `inside` events.
   */
  exciting(layer: string): Promise<Exciting>;
  /** Ends an explanation and a search for what excites, which then reject with `inside.cancelled`. */
  cancelInside(): Promise<void>;
  /** Those of the current run's validation images that there are of these, in their order. */
  validationImages(indices: readonly number[]): Promise<ShownImages>;

  /**
   * Reads all images without labels (where there are none, the test images) and gives a CSV file, with
   * `predictions` events.
   */
  exportPredictions(kind: PredictionsKind): Promise<ExportedArchive>;
  cancelPredictions(): Promise<void>;

  /** Keeps a picture in the personal test set, under what it shows; `drawings` events tell the set. */
  keepDrawing(picture: Picture, className: string): Promise<KeptDrawing>;
  listDrawings(): Promise<readonly KeptDrawing[]>;
  /** Hides drawings; `restoreDrawings` undoes it for `DELETION_KEPT_MS`, then they are removed. */
  deleteDrawings(ids: readonly string[]): Promise<void>;
  restoreDrawings(ids: readonly string[]): Promise<void>;
  exportDrawings(): Promise<ExportedFile>;
  /** Adds the drawings of a file that `exportDrawings` wrote; those that are there stay. */
  importDrawings(file: File): Promise<ImportedDrawings>;
  /** Has the current model read the personal test set; the score is kept with the run. */
  scoreDrawings(): Promise<DrawnScore>;
  /** The same with every stored run in its turn, with `scoring` events; `cancelEvaluation` ends it. */
  scoreRuns(): Promise<void>;
  /**
   * Trains a copy of the current model, a run of its own, on the personal test set and as many training
   * images; settles as `train` does.
   */
  fineTune(steps: number, learningRate: number): Promise<RunSummary>;

  exportWeights(format: WeightsFormat): Promise<ExportedFile>;
  /**
   * Checks a weights file entirely, or `model.json` with the `weights.bin` beside it, then makes it the
   * current model as a run of its own.
   */
  importWeights(file: File, other?: File): Promise<RunSummary>;

  listRuns(): Promise<readonly RunSummary[]>;
  /** The record of a run, curves included: as it is now of the one in memory, else as it was saved. */
  runRecord(id: string): Promise<PackedRecord>;
  /** The last evaluation of a run with some of its mistakes; undefined where there was none. */
  runEvaluation(id: string): Promise<KeptEvaluation | undefined>;
  openRun(id: string): Promise<void>;
  /** Makes the weights of a run's lowest validation loss the current model, as a run of its own. */
  openBest(id: string): Promise<RunSummary>;
  /** Hides a run; `restoreRun` undoes it for `DELETION_KEPT_MS`, then it is removed. */
  deleteRun(id: string): Promise<void>;
  restoreRun(id: string): Promise<void>;
  /** Hides every run, and gives those that `restoreRuns` can bring back for as long. */
  deleteAllRuns(): Promise<readonly string[]>;
  restoreRuns(ids: readonly string[]): Promise<void>;
  /** One zip file with the weights and the curves of every run, with `runsExport` events. */
  exportRuns(): Promise<ExportedArchive>;
  renameRun(id: string, name: string): Promise<void>;
  /** What is stored and cannot be read, as it lies there: a zip file. The delete calls take its id too. */
  exportUnreadable(kind: KeptKind, id: string): Promise<ExportedArchive>;
}

export interface ResumeOptions {
  /**
   * What a loss does that goes off: it pauses the run, or ends it at its last checkpoint, and then the
   * call rejects with `training.wentOff`. For whoever trains with nobody there to decide. `pause`, if it
   * is missing.
   */
  readonly onSpike?: 'pause' | 'stop';
}

export interface TrainOptions extends ResumeOptions {
  /** Set where the run is one of an experiment's. */
  readonly experiment?: ExperimentMark;
}

/** A file, with as much of its folders as tells its class: `train/cat/1.png`. */
export interface DatasetUpload {
  readonly name: string;
  readonly blob: Blob;
}

/** `submission` as Kaggle takes it: image and label. `probabilities` has those of every class too. */
export const predictionsKinds = ['submission', 'probabilities'] as const;
export type PredictionsKind = (typeof predictionsKinds)[number];

/** Whose images a run reads. */
export interface DatasetChoice {
  /**
   * The data set that the run was trained on, brought into use if it is not, or the one in use, whichever
   * that is. The run's, if it is missing.
   */
  readonly dataset?: 'run' | 'inUse';
}

export interface EvaluateOptions extends DatasetChoice {
  /** Test images if it is missing. */
  readonly split?: Evaluation['split'];
  /** Whether to give `augmented` figures too: those of the mean over the views of `viewsOf`. */
  readonly tta?: boolean;
  /** Whether to give the probability of every class of each image too. */
  readonly probabilities?: boolean;
  /** Has every image looked at in this way. */
  readonly view?: FixedView;
  /** The first so many of the split alone; training images are read as many as these too. */
  readonly images?: number;
}

/** Brightness of a drawing or a photograph: one byte a pixel, row-major. */
export interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** What the ink is. `auto` decides by the border, which is paper. */
  readonly ink: 'light' | 'dark' | 'auto';
}

/** One character of a picture, as it was read. */
export interface CharacterReading {
  readonly label: number;
  /** One entry a class, 0 to 1, summing to 1. */
  readonly probabilities: readonly number[];
  /** What the network saw, `height * width` bytes. */
  readonly prepared: Uint8Array;
}

export interface Prediction extends CharacterReading {
  /** True where there was nothing to read; then there are no probabilities. */
  readonly blank: boolean;
  /** Where several characters stand side by side, each of them, from left to right; the first is told above too. */
  readonly row?: readonly CharacterReading[];
  /** Why what was found may be no digit, if anything speaks against it. */
  readonly doubts?: readonly Doubt[];
  readonly preparedWidth: number;
  readonly preparedHeight: number;
}

/** A record as it is sent. */
export interface PackedRecord extends RunFacts {
  readonly history: PackedHistory;
}

export interface ExportedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file that is too large to be held in memory; the browser keeps a blob where it has room. */
export interface ExportedArchive {
  readonly name: string;
  readonly blob: Blob;
}
