import type { DatasetSummary } from '../domain/dataset.ts';
import type { EngineChoice, EngineReport } from '../domain/engineReport.ts';
import type { Evaluation } from '../domain/metrics.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { RunSummary } from '../domain/run.ts';
import type { WeightsFormat } from '../domain/weightsFormat.ts';
import type {
  ExportedArchive,
  ExportedFile,
  Picture,
  Prediction,
  StartOptions,
  WorkerApi,
  WorkerEvent,
} from '../protocol/protocol.ts';
import { WorkbenchError } from '../util/errors.ts';
import { busyMsOfEvaluation } from './busyTime.ts';
import { isUnfinished } from './currentRun.ts';
import { errorEvent } from './keeper.ts';
import { ModelCommands } from './modelCommands.ts';
import { exportRuns } from './runsExport.ts';
import { TrainingCommands } from './trainingCommands.ts';
import { Workspace } from './workspace.ts';

/** The worker's side of every call of the page. */
export class Session implements WorkerApi {
  private readonly workspace: Workspace;
  private readonly training: TrainingCommands;
  private readonly model: ModelCommands;

  constructor(emit: (event: WorkerEvent) => void) {
    this.workspace = new Workspace(emit);
    this.training = new TrainingCommands(this.workspace);
    this.model = new ModelCommands(this.workspace);
  }

  /** How long the work in hand may go on without a word. */
  get busyMs(): number {
    const { phase, runIfAny } = this.workspace;
    if (phase === 'training') return this.training.busyMs;
    return phase === 'evaluating' && runIfAny
      ? busyMsOfEvaluation(runIfAny.record.architecture)
      : 0;
  }

  async start(options: StartOptions): Promise<EngineReport> {
    const report = await this.workspace.begin(options);
    const [newest] = await this.listRuns();
    if (newest) await this.openRun(newest.id).catch((e) => this.workspace.emit(errorEvent(e)));
    return report;
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

  async importDataset(files: readonly File[]): Promise<DatasetSummary> {
    const { workspace } = this;
    const { summary } = await workspace.loading(() => workspace.shelf.importFiles(files));
    workspace.emit({ type: 'dataset', summary });
    return summary;
  }

  async train(recipe: Recipe): Promise<RunSummary> {
    return this.training.train(recipe);
  }

  async pause(): Promise<void> {
    await this.training.pause();
  }

  async resume(moreSteps?: number): Promise<RunSummary> {
    return this.training.resume(moreSteps);
  }

  async stop(): Promise<void> {
    await this.training.stop();
  }

  async evaluate(): Promise<Evaluation> {
    return this.model.evaluate();
  }

  async cancelEvaluation(): Promise<void> {
    this.model.cancelEvaluation();
  }

  async testImages(indices: readonly number[]): Promise<Uint8Array> {
    return this.model.testImages(indices);
  }

  async predict(picture: Picture): Promise<Prediction> {
    return this.model.predict(picture);
  }

  async exportWeights(format: WeightsFormat): Promise<ExportedFile> {
    return this.model.exportWeights(format);
  }

  async importWeights(file: File): Promise<RunSummary> {
    return this.model.importWeights(file);
  }

  async listRuns(): Promise<readonly RunSummary[]> {
    return this.workspace.keeper.list();
  }

  async openRun(id: string): Promise<void> {
    const { workspace } = this;
    await workspace.openStored(id);
    if (isUnfinished(workspace.run.record)) workspace.act('pause');
    await workspace.keeper.touch(id);
  }

  async deleteRun(id: string): Promise<void> {
    const { phase, runIfAny, keeper } = this.workspace;
    if (phase === 'training' && id === runIfAny?.id) {
      throw new WorkbenchError('session.busy', { command: 'delete', phase });
    }
    await keeper.hide(id);
  }

  async restoreRun(id: string): Promise<void> {
    await this.workspace.keeper.restore(id);
  }

  async deleteAllRuns(): Promise<readonly string[]> {
    const { phase, keeper } = this.workspace;
    if (phase === 'training')
      throw new WorkbenchError('session.busy', { command: 'delete', phase });
    const ids = (await keeper.list()).map(({ id }) => id);
    await keeper.hide(...ids);
    return ids;
  }

  async restoreRuns(ids: readonly string[]): Promise<void> {
    await this.workspace.keeper.restore(...ids);
  }

  async exportRuns(): Promise<ExportedArchive> {
    const { keeper, emit } = this.workspace;
    try {
      return await exportRuns(keeper, (progress) => emit({ type: 'runsExport', progress }));
    } finally {
      emit({ type: 'runsExport' });
    }
  }

  async renameRun(id: string, name: string): Promise<void> {
    await this.workspace.keeper.annotate(id, { name });
    const run = this.workspace.runIfAny;
    if (id !== run?.id) return;
    run.update({ name });
    this.workspace.emit({ type: 'run', record: run.record });
  }
}
