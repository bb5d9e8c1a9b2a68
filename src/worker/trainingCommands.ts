import type { LabelledDrawing } from '../domain/drawings.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { RunSummary } from '../domain/run.ts';
import type { TrainingSet } from '../domain/trainingSet.ts';
import type { ResumeOptions, TrainOptions } from '../protocol/protocol.ts';
import { summaryOf } from '../storage/runSummary.ts';
import { trainedElsewhere } from '../storage/writeCheckpoint.ts';
import type { LoopOutcome } from '../training/trainingLoop.ts';
import { WorkbenchError } from '../util/errors.ts';
import { CurrentRun, isUnfinished } from './currentRun.ts';
import { trainable, trainedOn } from './datasetShelf.ts';
import { errorEvent } from './failures.ts';
import { fineTuningOf } from './fineTuning.ts';
import { storedRun } from './storedRun.ts';
import { TrainingSession } from './trainingSession.ts';
import type { Workspace } from './workspace.ts';

/** A page has taken another worker in the place of a failed one after this long. */
const RESPAWN_MS = 3000;

/** Train, Pause, Resume and Stop. */
export class TrainingCommands {
  /** The run in training or in a pause of this session. */
  private training: TrainingSession | undefined;
  /** Resolves when the loop in progress has ended, and the session is where that leaves it. */
  private resting: Promise<void> = Promise.resolve();

  constructor(private readonly workspace: Workspace) {
    workspace.onRunLeaves = () => this.settle();
    workspace.onEngineFault = (fault) => this.abandon(fault);
  }

  /** How long the training in progress may go without a word. */
  get busyMs(): number {
    return this.training?.busyMs ?? 0;
  }

  async train(recipe: Recipe, { experiment, onSpike }: TrainOptions = {}): Promise<RunSummary> {
    const { workspace } = this;
    return this.alone(onSpike, () =>
      workspace.loading(async () => {
        const loaded = await workspace.dataset();
        const dataset = trainable(trainedOn(loaded, experiment?.trainingImages));
        await this.stopPausedRun();
        workspace.replaceRun(CurrentRun.begin(recipe, dataset, workspace.engine.name, experiment));
        return workspace.trainingSetOfRun();
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
    return this.alone('pause', () =>
      workspace.loading(async () => {
        trainable(await workspace.datasetOfRun());
        const tuned = await fineTuningOf(workspace.run, drawings, { steps, learningRate });
        await this.stopPausedRun();
        // Another worker that goes on after this one has died finds its weights here.
        await workspace.keeper.save(tuned);
        workspace.replaceRun(tuned);
        return workspace.trainingSetOfRun();
      }),
    );
  }

  async pause(): Promise<void> {
    this.training?.interrupt('pause');
    await this.resting;
  }

  async resume(moreSteps?: number, { onSpike }: ResumeOptions = {}): Promise<RunSummary> {
    const { workspace } = this;
    const { keeper } = workspace;
    return this.alone(onSpike, async () => {
      if (await keeper.wasTrainedElsewhere(workspace.run)) {
        await workspace.openStored(workspace.run.id);
      }
      const { run } = workspace;
      if (moreSteps === undefined && run.step >= run.steps) return undefined;
      const set = await workspace.loading(() => workspace.trainingSetOfRun());
      if (moreSteps !== undefined) run.extend(moreSteps);
      run.update({ engine: workspace.engine.name, status: 'training' });
      // Another worker that goes on after this one has died reads here how far.
      if (moreSteps !== undefined) await keeper.amend(run);
      workspace.emit({ type: 'run', record: run.record });
      return set;
    });
  }

  /**
   * Trains as the only tab that does, until a pause or the end. `prepare` gives what to train on, or
   * nothing where no step is left.
   */
  private async alone(
    onSpike: ResumeOptions['onSpike'],
    prepare: () => Promise<TrainingSet | undefined>,
  ): Promise<RunSummary> {
    const { workspace } = this;
    const stopWriting = await workspace.keeper.startWriting();
    try {
      const set = await prepare();
      if (set) return this.advance(set, onSpike, stopWriting);
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
      this.training?.interrupt('stop');
      await this.resting;
      return;
    }
    // Another tab may train the very run: then it is not for this one to stop.
    const stopWriting = await workspace.keeper.startWriting();
    try {
      await workspace.loading(() => this.stopPausedRun());
      if (workspace.phase === 'paused') workspace.act('end');
    } finally {
      stopWriting();
    }
  }

  /** From the next step on; the change is kept with the run's next checkpoint, in a pause at once. */
  async changeLearningRate(learningRate: number): Promise<void> {
    const { run, keeper, emit } = this.workspace;
    // Refused where another tab trains, and so might train the very run.
    const stopWriting = await keeper.startWriting();
    try {
      // One that trains here has the turn already; its own checkpoint may not have been noted yet.
      const isTraining = this.workspace.phase === 'training';
      if (!isTraining && (await keeper.wasTrainedElsewhere(run)))
        throw trainedElsewhere(run.record);
      run.changeLearningRate(learningRate);
      emit({ type: 'run', record: run.record });
      await keeper.amend(run);
    } finally {
      stopWriting();
    }
  }

  /** Starts the loop without waiting for it, and gives the promise of the run's end. */
  private advance(
    set: TrainingSet,
    onSpike: ResumeOptions['onSpike'],
    onRest: () => void,
  ): Promise<RunSummary> {
    const { workspace } = this;
    const { run, keeper } = workspace;
    workspace.act('train');
    keeper.warnOfLittleRoom(run.record).catch(() => undefined);
    this.training ??= new TrainingSession(
      ...([run, keeper, workspace.trainerChoices] as const),
      (event) => workspace.emit(event),
    );
    const { training } = this;
    this.resting = training
      .advance(set, onSpike)
      .then(
        (outcome) => this.rest(training, outcome),
        (error: unknown) => this.abandonSteps(training, error),
      )
      .finally(onRest);
    return training.completion;
  }

  private async rest(training: TrainingSession, outcome: LoopOutcome): Promise<void> {
    const { workspace } = this;
    if (outcome === 'paused') {
      if (workspace.phase !== 'failed') workspace.act('pause');
      return;
    }
    this.training = undefined;
    try {
      if (training.run.doubt) await this.goBack();
    } catch (problem) {
      workspace.emit(errorEvent(problem));
    } finally {
      training.settle(workspace.run.record);
      if (workspace.phase !== 'failed') workspace.act('end');
    }
  }

  /**
   * After a failed step: back to the last checkpoint, or to what the run began with. Where no step was
   * made yet there is nothing to go back from. Whatever comes of it, who waits for the run hears why it
   * ended.
   */
  private async abandonSteps(training: TrainingSession, error: unknown): Promise<void> {
    const { workspace } = this;
    this.training = undefined;
    if (workspace.phase === 'failed') {
      this.failSoon(training, error);
      return;
    }
    try {
      if (training.isUnderWay) await this.goBack();
      else await this.leave();
    } catch (problem) {
      workspace.emit(errorEvent(problem));
    } finally {
      workspace.act('end');
      training.fail(
        error instanceof WorkbenchError
          ? new WorkbenchError(error.code, { ...error.params, checkpoint: workspace.run.step })
          : error,
      );
    }
  }

  /** The engine is gone. A page that takes another worker has done so by then, and goes on there. */
  private failSoon(training: TrainingSession, error: unknown): void {
    setTimeout(() => training.fail(error), RESPAWN_MS);
  }

  private abandon(fault: WorkbenchError): void {
    const { training } = this;
    if (!training) return;
    training.abandon(fault);
    if (!training.isAdvancing) this.failSoon(training, fault);
  }

  /** The current run as it is in its last checkpoint, or as it began, and stopped there. */
  private async goBack(): Promise<void> {
    const { workspace } = this;
    const { keeper, run } = workspace;
    // One that is deleted meanwhile is there as long as that can be undone.
    const stored = run.generation > 0 ? await keeper.load(run.id) : undefined;
    const before = stored ? storedRun(keeper, stored) : run.begunAnew();
    if (before) workspace.replaceRun(before);
    await this.leave();
  }

  /** The current run stays as it is, and is stopped there; its weights are not written. */
  private async leave(): Promise<void> {
    const { run, keeper, emit } = this.workspace;
    run.update({ status: 'stopped' });
    await keeper.noteStatus(run, 'stopped');
    emit({ type: 'run', record: run.record });
  }

  /** Marks a run that waits in a pause as stopped. One that went off goes back to its last checkpoint. */
  private async stopPausedRun(): Promise<void> {
    const { workspace } = this;
    const { keeper, runIfAny: run } = workspace;
    if (!run || !isUnfinished(run.record)) return;
    // Where another tab has trained it further, that one says what becomes of it.
    if (!(await keeper.wasTrainedElsewhere(run))) {
      if (run.doubt) await this.goBack();
      else await this.stopHere(run);
    }
    this.settle();
  }

  private async stopHere(run: CurrentRun): Promise<void> {
    const { keeper, emit } = this.workspace;
    run.update({ status: 'stopped' });
    // Steps that could not be stored before are tried once more; nothing else is written anew.
    if ((await keeper.noteStatus(run, 'stopped')) !== run.step) await keeper.save(run);
    emit({ type: 'run', record: run.record });
  }

  private settle(): void {
    const { runIfAny } = this.workspace;
    if (runIfAny) this.training?.settle(runIfAny.record);
    this.training = undefined;
  }
}
