import type { LabelledDrawing } from '../domain/drawings.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { ExperimentMark, RunSummary } from '../domain/run.ts';
import { summaryOf } from '../storage/runSummary.ts';
import { WorkbenchError } from '../util/errors.ts';
import { CurrentRun, isUnfinished } from './currentRun.ts';
import { type LoadedDataset, trainable, trainedOn } from './datasetShelf.ts';
import { fineTuningOf } from './fineTuning.ts';
import { TrainingSession } from './trainingSession.ts';
import type { Workspace } from './workspace.ts';

/** A page has taken another worker in the place of a failed one after this long. */
const RESPAWN_MS = 3000;

/** Train, Pause, Resume and Stop. */
export class TrainingCommands {
  /** The run in training or in a pause of this session. */
  private training: TrainingSession | undefined;

  constructor(private readonly workspace: Workspace) {
    workspace.onRunLeaves = () => this.settle();
    workspace.onEngineFault = (fault) => this.training?.abandon(fault);
  }

  /** How long the training in progress may go without a word. */
  get busyMs(): number {
    return this.training?.busyMs ?? 0;
  }

  async train(recipe: Recipe, experiment?: ExperimentMark): Promise<RunSummary> {
    const { workspace } = this;
    return this.alone(() =>
      workspace.loading(async () => {
        const loaded = await workspace.dataset();
        const dataset = trainable(trainedOn(loaded, experiment?.trainingImages));
        await this.stopPausedRun();
        workspace.replaceRun(CurrentRun.begin(recipe, dataset, workspace.engine.name, experiment));
        return dataset;
      }),
    );
  }

  /** Trains a copy of the current run on drawings and training images. */
  async fineTune(
    drawings: readonly LabelledDrawing[],
    steps: number,
    learningRate: number,
  ): Promise<RunSummary> {
    const { workspace } = this;
    if (drawings.length === 0) throw new WorkbenchError('drawings.none');
    return this.alone(() =>
      workspace.loading(async () => {
        const { run: before } = workspace;
        const dataset = trainable(await workspace.datasetOfRun());
        const tuning = await fineTuningOf(before, drawings, dataset, { steps, learningRate });
        await this.stopPausedRun();
        // Another worker that goes on after this one has died finds its weights here.
        await workspace.keeper.save(tuning.run);
        workspace.replaceRun(tuning.run);
        return tuning.loaded;
      }),
    );
  }

  async pause(): Promise<void> {
    await this.training?.interrupt('pause');
  }

  async resume(moreSteps?: number): Promise<RunSummary> {
    const { workspace } = this;
    return this.alone(async () => {
      const { id } = workspace.run;
      if (await workspace.keeper.wasTrainedElsewhere(id)) await workspace.openStored(id);
      const { run } = workspace;
      const loaded = trainable(await workspace.loading(() => workspace.datasetOfRun()));
      if (moreSteps !== undefined) run.extend(moreSteps);
      if (run.step >= run.recipe.steps) return undefined;
      run.update({ engine: workspace.engine.name, status: 'training' });
      // Another worker that goes on after this one has died reads here how far.
      if (moreSteps !== undefined) await workspace.keeper.amend(run.record);
      workspace.emit({ type: 'run', record: run.record });
      return loaded;
    });
  }

  /**
   * Trains as the only tab that does, until a pause or the end. `prepare` gives what to train on, or
   * nothing where no step is left.
   */
  private async alone(prepare: () => Promise<LoadedDataset | undefined>): Promise<RunSummary> {
    const { workspace } = this;
    const stopWriting = await workspace.keeper.startWriting();
    try {
      const loaded = await prepare();
      if (loaded) return this.advance(loaded, stopWriting);
    } catch (error) {
      stopWriting();
      throw error;
    }
    stopWriting();
    return summaryOf(workspace.run.record, 0);
  }

  async stop(): Promise<void> {
    const { workspace } = this;
    if (workspace.phase !== 'paused') {
      await this.training?.interrupt('stop');
      return;
    }
    await workspace.loading(() => this.stopPausedRun());
    if (workspace.phase === 'paused') workspace.act('end');
  }

  /** From the next step on; the change is kept with the run's next checkpoint, in a pause at once. */
  async changeLearningRate(learningRate: number): Promise<void> {
    const { run, keeper, emit } = this.workspace;
    run.changeLearningRate(learningRate);
    emit({ type: 'run', record: run.record });
    await keeper.amend(run.record);
  }

  /** Starts the loop without waiting for it, and gives the promise of the run's end. */
  private advance(loaded: LoadedDataset, onRest: () => void): Promise<RunSummary> {
    const { workspace } = this;
    const { run, keeper } = workspace;
    workspace.act('train');
    keeper.warnOfLittleRoom(run.record).catch(() => undefined);
    this.training ??= new TrainingSession(
      ...([run, loaded, keeper, workspace.trainerChoices] as const),
      (event) => workspace.emit(event),
    );
    const { training } = this;
    training
      .advance()
      .then(
        (outcome) => {
          if (outcome !== 'paused') this.training = undefined;
          if (workspace.phase === 'failed') return;
          workspace.act(outcome === 'paused' ? 'pause' : 'end');
        },
        (error: unknown) => this.abandonSteps(training, error),
      )
      .finally(onRest);
    return training.completion;
  }

  /** After a failed step: back to the last checkpoint, or to the weights that the run began with. */
  private async abandonSteps(training: TrainingSession, error: unknown): Promise<void> {
    const { workspace } = this;
    this.training = undefined;
    const { id, record } = workspace.run;
    const stored = await workspace.keeper.loadIfStored(id).catch(() => undefined);
    if (workspace.phase === 'failed') {
      // The engine is gone. A page that takes another worker has done so by then, and goes on there.
      setTimeout(() => training.fail(error), RESPAWN_MS);
      return;
    }
    const run = stored
      ? CurrentRun.open(
          { ...stored.record, status: 'stopped' },
          stored.tensors,
          async () => stored.tensors,
        )
      : CurrentRun.restart({ ...record, status: 'stopped' });
    workspace.replaceRun(run);
    workspace.act('end');
    training.fail(
      error instanceof WorkbenchError
        ? new WorkbenchError(error.code, { ...error.params, checkpoint: run.step })
        : error,
    );
  }

  /** Marks a run that waits in a pause as stopped. */
  private async stopPausedRun(): Promise<void> {
    const { workspace } = this;
    const run = workspace.runIfAny;
    if (!run || !isUnfinished(run.record)) return;
    run.update({ status: 'stopped' });
    await workspace.keeper.save(run);
    workspace.emit({ type: 'run', record: run.record });
    this.settle();
  }

  private settle(): void {
    this.training?.settle();
    this.training = undefined;
  }
}
