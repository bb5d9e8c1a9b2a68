import type { AblationFrame, Ingredient } from '../domain/ablation/ablation.ts';
import type { VariantFigures } from '../domain/ablation/ablationFigures.ts';
import type { AblationOptions, AblationQueue } from '../domain/ablation/ablationQueue.ts';
import type { AugmentationPreview } from '../domain/augment/preview.ts';
import type { RobustnessReport } from '../domain/augment/robustness.ts';
import type { DatasetSummary } from '../domain/data/dataset.ts';
import type { DatasetStatistics } from '../domain/data/datasetStatistics.ts';
import type { ThumbnailKind } from '../domain/data/datasetThumbnails.ts';
import type { ReadingChoices } from '../domain/data/readingChoices.ts';
import type { DrawnScore, ImportedDrawings, KeptDrawing } from '../domain/drawing/drawings.ts';
import type { EngineChoice, EngineReport } from '../domain/machine/engineReport.ts';
import type { ConfusionCounts } from '../domain/metrics/confusion.ts';
import type { Combination, EnsembleFigures, EnsembleMember } from '../domain/metrics/ensemble.ts';
import type { KeptEvaluation } from '../domain/metrics/keptEvaluation.ts';
import type { RunEvaluation } from '../domain/metrics/metrics.ts';
import type { PairedComparison } from '../domain/metrics/pairedComparison.ts';
import type { Interval } from '../domain/metrics/wilson.ts';
import type { Recipe } from '../domain/recipe/recipe.ts';
import type { RunRecord, RunSummary } from '../domain/runs/run.ts';
import type { KeptKind } from '../domain/runs/unreadable.ts';
import type { WeightsFormat } from '../domain/runs/weightsFormat.ts';
import type {
  DatasetChoice,
  EvaluateOptions,
  ExportedArchive,
  ExportedFile,
  Picture,
  Prediction,
  PredictionsKind,
  ResumeOptions,
  WorkerApi,
} from '../protocol/protocol.ts';
import type { WorkbenchState } from './state.ts';

/** What looks inside the network is asked of the worker as it is. */
type Looks = Pick<
  WorkerApi,
  'inspect' | 'filters' | 'explain' | 'exciting' | 'cancelInside' | 'validationImages'
>;

/**
 * The workbench as the panels, the command line and the browser's console use it
 * (`window.workbench`). Every command that is refused rejects with a `WorkbenchError`, and the
 * refusal also stands in `state().notices`.
 */
export interface Workbench extends Looks {
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
  /** Reads files of one data set, of any kind, and keeps it; the current one stays if they are refused. */
  importDataset(files: readonly File[], choices?: ReadingChoices): Promise<DatasetSummary>;
  /** Reads the files of the current set again, with these choices in place of what was assumed. */
  rereadDataset(choices: ReadingChoices): Promise<DatasetSummary>;
  /**
   * Fetches a data set from its own site, by a name of `knownDatasets` or by the https addresses of its
   * files, one a line. **This sends requests to other origins**: nothing else on the page does.
   */
  fetchDataset(address: string): Promise<DatasetSummary>;
  /** Ends what loads, imports or fetches a data set. */
  cancelDataset(): Promise<void>;
  openDataset(id: string): Promise<DatasetSummary>;
  /** Deletes a kept data set; `restoreDataset` brings it back for `DELETION_UNDO_MS`. */
  deleteDataset(id: string): Promise<void>;
  restoreDataset(id: string): Promise<void>;
  /** Names the classes of the current data set, in their order. */
  nameClasses(names: readonly string[]): Promise<DatasetSummary>;
  /**
   * Has so many training images of the current data set validate in the runs to come; a run that there
   * is goes on with its own.
   */
  divideDataset(validationCount: number): Promise<DatasetSummary>;
  /** Undefined without a data set, and while the worker is busy. */
  datasetStatistics(): Promise<DatasetStatistics | undefined>;
  /** Pixels of the first images of a class; `validation` asks for such as no run learns from. */
  datasetThumbnails(className: string, count: number, kind?: ThumbnailKind): Promise<Uint8Array>;

  /** Trains a new run with the recipe of the controls, these changes included. Settles at its end. */
  train(changes?: Partial<Recipe>, options?: ResumeOptions): Promise<RunSummary>;
  pause(): Promise<void>;
  /** Goes on with the current run, or trains a finished or imported one for `moreSteps`. */
  resume(moreSteps?: number, options?: ResumeOptions): Promise<RunSummary>;
  stop(): Promise<void>;
  /** The learning rate from the next step on, of the run that trains or is paused; schedules scale it. */
  changeLearningRate(learningRate: number): Promise<void>;
  /**
   * The first images that a run with the recipe of the controls trains on, and how its first steps vary
   * them. Undefined where nothing is varied, without a data set, and while the worker is busy.
   */
  previewAugmentation(count?: number): Promise<AugmentationPreview | undefined>;

  /** Without options: the test images, as they are. */
  evaluate(options?: EvaluateOptions): Promise<RunEvaluation>;
  /** What turning, shrinking and moving the test images costs. */
  robustness(options?: DatasetChoice): Promise<RobustnessReport>;
  cancelEvaluation(): Promise<void>;
  /** Pixels of test images, in the order asked for. */
  testImages(indices: readonly number[]): Promise<Uint8Array>;
  predict(picture: Picture): Promise<Prediction>;
  clearPrediction(): void;

  /** Keeps a picture in the personal test set, under the name of the class that it shows. */
  keepDrawing(picture: Picture, className: string): Promise<KeptDrawing>;
  listDrawings(): Promise<readonly KeptDrawing[]>;
  deleteDrawings(ids: readonly string[]): Promise<void>;
  /** Brings back what was deleted, for `DELETION_UNDO_MS`. */
  restoreDrawings(ids: readonly string[]): Promise<void>;
  exportDrawings(): Promise<ExportedFile>;
  /** Adds what is not there yet. */
  importDrawings(file: File): Promise<ImportedDrawings>;
  /** Has the current model read the personal test set. */
  scoreDrawings(): Promise<DrawnScore>;
  /** Has every stored run read it, one after another; `cancelEvaluation` ends it. */
  scoreRuns(): Promise<void>;
  /** Trains a copy of the current model on the personal test set and as many training images. */
  fineTune(steps: number, learningRate: number): Promise<RunSummary>;

  /** Reads all images without labels, or the test images, into a CSV file. */
  exportPredictions(kind?: PredictionsKind): Promise<ExportedArchive>;
  cancelPredictions(): Promise<void>;

  exportWeights(format?: WeightsFormat): Promise<ExportedFile>;
  /** Of one file, or of `model.json` with the `weights.bin` beside it. */
  importWeights(file: File, other?: File): Promise<RunSummary>;

  /** The record of a run, curves included. */
  runRecord(id: string): Promise<RunRecord>;
  /** The last evaluation of a run with some of its mistakes; undefined where there was none. */
  runEvaluation(id: string): Promise<KeptEvaluation | undefined>;
  /**
   * How two runs compare on the test images that both were evaluated on last. Undefined where these are
   * not the same, or one of them was evaluated before it was kept which images it read right.
   */
  compareRuns(first: string, second: string): Promise<PairedComparison | undefined>;
  /** What several networks come to together that have read the same images as the same classes. */
  evaluateTogether(members: readonly EnsembleMember[], combination: Combination): EnsembleFigures;
  /** Where an accuracy measured on so many images may lie in truth (Wilson, 95 %). */
  accuracyInterval(accuracy: number, images: number): Interval;
  /** The counts of an evaluation as a file has them: a matrix, or above 256 classes triples. */
  listedConfusion(confusion: ConfusionCounts): number[][];
  openRun(id: string): Promise<void>;
  /** Makes the weights of a run's lowest validation loss the current model, as a run of its own. */
  openBest(id: string): Promise<RunSummary>;
  deleteRun(id: string): Promise<void>;
  /** Brings a run back that was deleted, for `DELETION_UNDO_MS`. */
  restoreRun(id: string): Promise<void>;
  renameRun(id: string, name: string): Promise<void>;
  /** Deletes every run; `restoreRuns` brings these back for `DELETION_UNDO_MS`. */
  deleteAllRuns(): Promise<readonly string[]>;
  restoreRuns(ids: readonly string[]): Promise<void>;
  /** One zip file with the weights and the curves of every run. */
  exportRuns(): Promise<ExportedArchive>;
  /** Begins, or leaves, the training that the page's link asks for (`state().linkAsks`). */
  answerLink(starts: boolean): Promise<void>;
  /** What is stored and cannot be read (`state().unreadable`), as it lies there: one zip file. */
  exportUnreadable(kind: KeptKind, id: string): Promise<ExportedArchive>;
  /** Asks the browser not to clear what is stored by itself; gives its answer. */
  keepStorage(): Promise<boolean>;

  /**
   * Trains and validates the seed recipe, each of these ingredients of the improved recipe alone, and all
   * of it, from several seeds. All else is as the controls have it, but for the length; `options` changes
   * that. Settles when all rows are through or it is paused; `state().ablation` says how far it is.
   */
  runAblation(
    chosen?: readonly Ingredient[],
    options?: Partial<AblationFrame & AblationOptions>,
  ): Promise<AblationQueue>;
  /**
   * Goes on with an ablation that was paused, stopped, or left with the page; rows that failed stay so.
   * Refused on other images, and on another engine, than it was begun on.
   */
  continueAblation(): Promise<AblationQueue>;
  /** The same, and tries the rows that failed once more. */
  retryAblation(): Promise<AblationQueue>;
  /** What the runs of each recipe came to together, with their intervals. */
  ablationFigures(): VariantFigures[];
  pauseAblation(): Promise<void>;
  /** Ends it where it is. Its rows stay until `clearAblation`, its runs until they are deleted. */
  cancelAblation(): Promise<void>;
  clearAblation(): void;
  /** Brings the rows back that `clearAblation` took away, unless another ablation has begun. */
  restoreAblation(queue: AblationQueue): Promise<void>;

  /** Has a failure stand among the notices, unless it stands there already. */
  tell(failure: unknown): void;
  dismissNotice(id: number): void;
}
