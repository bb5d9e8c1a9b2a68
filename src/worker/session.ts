import type { AugmentationPreview } from '../domain/augment/preview.ts';
import type { RobustnessReport } from '../domain/augment/robustness.ts';
import type { DatasetSummary } from '../domain/data/dataset.ts';
import type { DatasetStatistics } from '../domain/data/datasetStatistics.ts';
import type { ReadingChoices } from '../domain/data/readingChoices.ts';
import type { DrawnScore, ImportedDrawings, KeptDrawing } from '../domain/drawing/drawings.ts';
import type { Exciting, ShownImages } from '../domain/inside/exciting.ts';
import type { Explanation } from '../domain/inside/explanation.ts';
import type { Inspection, LayerFilters } from '../domain/inside/inspection.ts';
import type { EngineChoice, EngineReport } from '../domain/machine/engineReport.ts';
import { packHistory } from '../domain/metrics/history.ts';
import type { KeptEvaluation } from '../domain/metrics/keptEvaluation.ts';
import type { RunEvaluation } from '../domain/metrics/metrics.ts';
import type { Recipe } from '../domain/recipe/recipe.ts';
import type { RunSummary } from '../domain/runs/run.ts';
import type { KeptKind } from '../domain/runs/unreadable.ts';
import type { WeightsFormat } from '../domain/runs/weightsFormat.ts';
import { isResting } from '../protocol/phases.ts';
import type {
  DatasetChoice,
  DatasetUpload,
  EvaluateOptions,
  ExportedArchive,
  ExportedFile,
  PackedRecord,
  Phase,
  Picture,
  Prediction,
  PredictionsKind,
  ResumeOptions,
  StartOptions,
  TrainOptions,
  WorkerApi,
} from '../protocol/protocol.ts';
import type { WorkerEvent } from '../protocol/workerEvents.ts';
import { errorEvent } from './calls/failures.ts';
import { DatasetCommands } from './data/datasetCommands.ts';
import type { InsideCommands } from './inside/insideCommands.ts';
import { DrawingCommands } from './keeping/drawingCommands.ts';
import { ModelCommands } from './model/modelCommands.ts';
import { PredictionCommands } from './model/predictionCommands.ts';
import { ScoringCommands } from './model/scoringCommands.ts';
import { takeInNotes } from './runs/catchUp.ts';
import { isUnfinished } from './runs/currentRun.ts';
import { openBest } from './runs/openBest.ts';
import { openRunAtStart } from './runs/openingAtStart.ts';
import { busyMsOfEvaluation } from './training/busyTime.ts';
import { TrainingCommands } from './training/trainingCommands.ts';
import { Workspace } from './workspace.ts';

/** The worker's side of every call of the page. */
export class Session implements WorkerApi {
  private readonly workspace: Workspace;
  private readonly training: TrainingCommands;
  private readonly model: ModelCommands;
  private readonly datasets: DatasetCommands;
  private readonly predictions: PredictionCommands;
  private readonly drawings: DrawingCommands;
  private readonly scoring: ScoringCommands;
  /** Once anybody has looked inside. */
  private inside: InsideCommands | undefined;

  /** @param site by what everything is named that is kept; a test may have one of its own */
  constructor(emit: (event: WorkerEvent) => void, site?: string) {
    this.workspace = new Workspace(emit, site);
    this.workspace.keeper.onRunsChanged = () => takeInNotes(this.workspace);
    this.training = new TrainingCommands(this.workspace);
    this.model = new ModelCommands(this.workspace);
    this.datasets = new DatasetCommands(this.workspace);
    this.predictions = new PredictionCommands(this.workspace);
    this.drawings = new DrawingCommands(this.workspace);
    this.scoring = new ScoringCommands(this.workspace);
  }

  get phase(): Phase {
    return this.workspace.phase;
  }

  /** How long the work in hand may go on without a word. */
  get busyMs(): number {
    const { phase, runIfAny } = this.workspace;
    if (phase === 'training') return this.training.busyMs;
    const scoringMs = Math.max(this.scoring.busyMs, this.inside?.slow.busyMs ?? 0);
    if (isResting(phase)) return scoringMs;
    if (phase !== 'evaluating') return scoringMs;
    const evaluationMs = runIfAny ? busyMsOfEvaluation(runIfAny.record.architecture) : 0;
    return Math.max(evaluationMs, scoringMs);
  }

  async start(options: StartOptions): Promise<EngineReport> {
    const report = await this.workspace.begin(options);
    await this.datasets.openLast(options);
    const runs = await this.workspace.keeper.firstList().catch((error: unknown) => {
      this.workspace.emit(errorEvent(error));
      return [];
    });
    await openRunAtStart(this.workspace, runs, options);
    // Until then nothing else can be begun between the one and the other.
    if (this.workspace.phase === 'starting') this.workspace.act('started');
    await this.takeUp();
    this.readTheRest();
    return report;
  }

  /** What nobody waits for who opens the page. Where nothing can be stored that was told, and there is none. */
  private readTheRest(): void {
    this.drawings.begin().catch(() => undefined);
    this.workspace.keeper.tidy().catch(() => undefined);
  }

  async selectEngine(choice: EngineChoice): Promise<EngineReport> {
    return this.workspace.loading(() => this.workspace.changeEngine(choice));
  }

  async selectThreads(threads: number): Promise<EngineReport> {
    return this.workspace.loading(() => this.workspace.changeThreads(threads));
  }

  async clearKernelChoices(): Promise<void> {
    await this.workspace.keeper.tuning.clear();
  }

  async loadDataset(): Promise<DatasetSummary> {
    return (await this.workspace.loading(() => this.workspace.loadMnist())).summary;
  }

  async importDataset(
    files: readonly DatasetUpload[],
    choices?: ReadingChoices,
  ): Promise<DatasetSummary> {
    return this.datasets.import(files, choices);
  }

  async rereadDataset(choices: ReadingChoices): Promise<DatasetSummary> {
    return this.datasets.reread(choices);
  }

  async fetchDataset(address: string): Promise<DatasetSummary> {
    return this.datasets.fetch(address);
  }

  async cancelDataset(): Promise<void> {
    this.datasets.cancel();
  }

  async openDataset(id: string): Promise<DatasetSummary> {
    return this.datasets.open(id);
  }

  async deleteDataset(id: string): Promise<void> {
    await this.datasets.delete(id);
  }

  async restoreDataset(id: string): Promise<void> {
    await this.datasets.restore(id);
  }

  async nameClasses(names: readonly string[]): Promise<DatasetSummary> {
    return this.datasets.nameClasses(names);
  }

  async divideDataset(validationCount: number): Promise<DatasetSummary> {
    return this.datasets.divide(validationCount);
  }

  async datasetStatistics(): Promise<DatasetStatistics | undefined> {
    return this.datasets.statistics();
  }

  async datasetThumbnails(
    ...given: Parameters<WorkerApi['datasetThumbnails']>
  ): Promise<Uint8Array> {
    return this.datasets.thumbnails(...given);
  }

  async exportPredictions(kind: PredictionsKind): Promise<ExportedArchive> {
    return this.predictions.export(kind);
  }

  async cancelPredictions(): Promise<void> {
    this.predictions.cancel();
  }

  async train(recipe: Recipe, options?: TrainOptions): Promise<RunSummary> {
    return this.training.train(recipe, options);
  }

  async pause(): Promise<void> {
    await this.training.pause();
  }

  async resume(moreSteps?: number, options?: ResumeOptions): Promise<RunSummary> {
    return this.training.resume(moreSteps, options);
  }

  async stop(): Promise<void> {
    await this.training.stop();
  }

  async changeLearningRate(learningRate: number): Promise<void> {
    await this.training.changeLearningRate(learningRate);
  }

  async previewAugmentation(
    recipe: Recipe,
    count: number,
  ): Promise<AugmentationPreview | undefined> {
    return this.model.previewAugmentation(recipe, count);
  }

  async evaluate(options?: EvaluateOptions): Promise<RunEvaluation> {
    return this.model.evaluate(options);
  }

  async robustness(options?: DatasetChoice): Promise<RobustnessReport> {
    return this.model.robustness(options);
  }

  async cancelEvaluation(): Promise<void> {
    this.model.cancelEvaluation();
    this.scoring.cancel();
  }

  async testImages(indices: readonly number[]): Promise<Uint8Array> {
    return this.model.testImages(indices);
  }

  async predict(picture: Picture): Promise<Prediction> {
    return this.model.predict(picture);
  }

  private async insideCommands(): Promise<InsideCommands> {
    const { InsideCommands } = await import('./inside/insideCommands.ts');
    this.inside ??= new InsideCommands(this.workspace);
    return this.inside;
  }

  async inspect(picture: Picture | Uint8Array, only?: readonly string[]): Promise<Inspection> {
    return (await this.insideCommands()).inspect(picture, only);
  }

  async filters(layer: string): Promise<LayerFilters> {
    return (await this.insideCommands()).filters(layer);
  }

  async explain(...given: Parameters<WorkerApi['explain']>): Promise<Explanation> {
    return (await this.insideCommands()).slow.explain(...given);
  }

  async exciting(layer: string): Promise<Exciting> {
    return (await this.insideCommands()).slow.exciting(layer);
  }

  async cancelInside(): Promise<void> {
    this.inside?.slow.cancel();
  }

  async validationImages(indices: readonly number[]): Promise<ShownImages> {
    return (await this.insideCommands()).slow.validationImages(indices);
  }

  async keepDrawing(picture: Picture, className: string): Promise<KeptDrawing> {
    return this.drawings.keep(picture, className);
  }

  async listDrawings(): Promise<readonly KeptDrawing[]> {
    return this.drawings.list();
  }

  async deleteDrawings(ids: readonly string[]): Promise<void> {
    await this.drawings.delete(ids);
  }

  async restoreDrawings(ids: readonly string[]): Promise<void> {
    await this.drawings.restore(ids);
  }

  async exportDrawings(): Promise<ExportedFile> {
    return this.drawings.export();
  }

  async importDrawings(file: File): Promise<ImportedDrawings> {
    return this.drawings.import(file);
  }

  async scoreDrawings(): Promise<DrawnScore> {
    return this.scoring.score();
  }

  async scoreRuns(): Promise<void> {
    await this.scoring.scoreRuns();
  }

  async fineTune(steps: number, learningRate: number): Promise<RunSummary> {
    return this.training.fineTune(await this.scoring.known(), steps, learningRate);
  }

  async exportWeights(format: WeightsFormat): Promise<ExportedFile> {
    return this.model.exportWeights(format);
  }

  async importWeights(file: File, other?: File): Promise<RunSummary> {
    return this.model.importWeights(file, other);
  }

  async listRuns(): Promise<readonly RunSummary[]> {
    return this.workspace.keeper.list();
  }

  async runRecord(id: string): Promise<PackedRecord> {
    const { runIfAny, keeper } = this.workspace;
    const record = runIfAny?.id === id ? runIfAny.record : await keeper.record(id);
    return { ...record, history: packHistory(record.history) };
  }

  async runEvaluation(id: string): Promise<KeptEvaluation | undefined> {
    return this.workspace.keeper.evaluation(id);
  }

  async openBest(id: string): Promise<RunSummary> {
    return openBest(this.workspace, id);
  }

  async openRun(id: string): Promise<void> {
    await this.openModel(id);
    await this.datasets.openOfRun();
  }

  private async openModel(id: string): Promise<void> {
    const { workspace } = this;
    await workspace.openStored(id);
    await this.takeUp();
  }

  /** A run that was left before its end waits in a pause; the one in use is opened first next time. */
  private async takeUp(): Promise<void> {
    const { workspace } = this;
    const { runIfAny: run } = workspace;
    if (!run) return;
    if (isResting(workspace.phase) && isUnfinished(run.record)) workspace.act('pause');
    // A full disk, say, is no reason not to open it.
    await workspace.keeper.touch(run.id).catch((error) => workspace.emit(errorEvent(error)));
  }

  async deleteRun(id: string): Promise<void> {
    await this.workspace.keeper.hide(id);
  }

  async restoreRun(id: string): Promise<void> {
    await this.workspace.keeper.restore(id);
  }

  async deleteAllRuns(): Promise<readonly string[]> {
    const { keeper } = this.workspace;
    const ids = (await keeper.list()).map(({ id }) => id);
    await keeper.hide(...ids);
    return ids;
  }

  async restoreRuns(ids: readonly string[]): Promise<void> {
    await this.workspace.keeper.restore(...ids);
  }

  async exportRuns(): Promise<ExportedArchive> {
    const { keeper, emit } = this.workspace;
    const { exportRuns } = await import('./runs/runsExport.ts');
    try {
      return await exportRuns(keeper, (progress) => emit({ type: 'runsExport', progress }));
    } finally {
      emit({ type: 'runsExport' });
    }
  }

  async exportUnreadable(kind: KeptKind, id: string): Promise<ExportedArchive> {
    const { exportUnreadable } = await import('./runs/unreadableExport.ts');
    return exportUnreadable(kind, id, this.workspace.keeper.raw(kind, id));
  }

  async renameRun(id: string, name: string): Promise<void> {
    await this.workspace.keeper.annotate(id, { name });
    const run = this.workspace.runIfAny;
    if (id !== run?.id) return;
    run.update({ name });
    this.workspace.emit(run.news());
  }
}
