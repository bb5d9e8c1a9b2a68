import type { LabelledDrawing } from '../domain/drawings.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { RunSummary } from '../domain/run.ts';
import type { TrainingSet } from '../domain/trainingSet.ts';
import type { ResumeOptions, TrainOptions } from '../protocol/protocol.ts';
import { summaryOf } from '../storage/runSummary.ts';
import { trainedElsewhere } from '../storage/writeCheckpoint.ts';
import { LoopControl, type LoopOutcome } from '../training/trainingLoop.ts';
import { deferred } from '../util/deferred.ts';
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
  /** While the first step is prepared: what was asked for meanwhile, and when that is over. */
  private starting: { readonly asked: LoopControl; readonly begun: Promise<void> } | undefined;
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
        // The one before may have been trained on another.
        tuned.update({ engine: workspace.engine.name });
        await this.stopPausedRun();
        // Another worker that goes on after this one has died finds its weights here.
        await workspace.keeper.save(tuned);
        workspace.replaceRun(tuned);
        return workspace.trainingSetOfRun();
      }),
    );
  }

  async pause(): Promise<void> {
    await this.interrupt('pause');
  }

  async resume(moreSteps?: number, { onSpike }: ResumeOptions = {}): Promise<RunSummary> {
    const { workspace } = this;
    const { keeper, run: wanted } = workspace;
    return this.alone(onSpike, async () => {
      if (workspace.runIfAny !== wanted) {
        // Another one was opened while this tab waited for its turn.
        throw new WorkbenchError('session.busy', { command: 'resume', phase: workspace.phase });
      }
      return workspace.loading(async () => {
        if (await keeper.wasTrainedElsewhere(wanted)) await workspace.takeStored(wanted.id);
        const { run } = workspace;
        if (moreSteps === undefined && run.step >= run.steps) {
          if (run.doubt) await this.acceptEnd(run);
          return undefined;
        }
        const set = await workspace.trainingSetOfRun();
        if (moreSteps !== undefined) run.extend(moreSteps);
        run.update({ engine: workspace.engine.name, status: 'training' });
        // Another worker that goes on after this one has died reads here how far.
        if (moreSteps !== undefined) await keeper.amend(run);
        workspace.emit({ type: 'run', record: run.record });
        return set;
      });
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
    const begun = deferred<void>();
    const starting = { asked: new LoopControl(), begun: begun.promise };
    this.starting = starting;
    let stopWriting: (() => void) | undefined;
    try {
      stopWriting = await workspace.keeper.startWriting();
      const set = await prepare();
      if (set) {
        const completion = this.advance(set, onSpike, stopWriting);
        const { request } = starting.asked;
        if (request !== 'run') this.training?.interrupt(request);
        return completion;
      }
    } catch (error) {
      stopWriting?.();
      throw error;
    } finally {
      if (this.starting === starting) this.starting = undefined;
      begun.resolve();
    }
    stopWriting();
    if (workspace.phase === 'paused' && !isUnfinished(workspace.run.record)) workspace.act('end');
    return summaryOf(workspace.run.record, 0);
  }

  /** Losses that went off in the last step are what the run ends with: whoever goes on has seen them. */
  private async acceptEnd(run: CurrentRun): Promise<void> {
    const { keeper, emit } = this.workspace;
    run.doubt = undefined;
    run.update({ status: 'finished' });
    await keeper.save(run);
    emit({ type: 'run', record: run.record });
    this.settle();
  }

  /** Obeyed after the step in progress; where the first is still being prepared, before that one. */
  private async interrupt(request: 'pause' | 'stop'): Promise<void> {
    const { starting } = this;
    starting?.asked.ask(request);
    this.training?.interrupt(request);
    await starting?.begun;
    await this.resting;
  }

  async stop(): Promise<void> {
    const { workspace } = this;
    if (workspace.phase !== 'paused' || this.starting) return this.interrupt('stop');
    return workspace.asking(async () => {
      // Another tab may train the very run: then it is not for this one to stop.
      const stopWriting = await workspace.keeper.startWriting();
      try {
        await workspace.loading(() => this.stopPausedRun());
        if (workspace.phase === 'paused') workspace.act('end');
      } finally {
        stopWriting();
      }
    });
  }

  /** From the next step on; the change is kept with the run's next checkpoint, in a pause at once. */
  async changeLearningRate(learningRate: number): Promise<void> {
    const { run, keeper, emit } = this.workspace;
    // Refused where another tab trains, and so might train the very run.
    const stopWriting = await keeper.startWriting();
    try {
      // While it trains here nobody else does.
      const mayBeOld = this.workspace.phase === 'paused';
      if (mayBeOld && (await keeper.wasTrainedElsewhere(run))) throw trainedElsewhere(run.record);
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
      this.endUnlessFailed();
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
      this.endUnlessFailed();
      training.fail(
        error instanceof WorkbenchError
          ? new WorkbenchError(error.code, { ...error.params, checkpoint: workspace.run.step })
          : error,
      );
    }
  }

  /** The engine may have failed while something was awaited. */
  private endUnlessFailed(): void {
    if (this.workspace.phase !== 'failed') this.workspace.act('end');
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
    const before = await this.checkpointOf(workspace.run);
    if (before) workspace.replaceRun(before);
    await this.leave();
  }

  /** What is stored of a run, or how it began; undefined where it is gone, or cannot be read. */
  private async checkpointOf(run: CurrentRun): Promise<CurrentRun | undefined> {
    const { keeper, emit } = this.workspace;
    if (run.generation === 0) return run.begunAnew();
    try {
      // One that is deleted meanwhile is there as long as that can be undone.
      return storedRun(keeper, await keeper.load(run.id));
    } catch (problem) {
      emit(errorEvent(problem));
      return undefined;
    }
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
    if (!run || (!isUnfinished(run.record) && !run.doubt)) return;
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
    const step = await keeper.noteStatus(run, 'stopped');
    // Steps that could not be stored before are tried once more. Nothing else is written anew, and
    // nothing that was deleted meanwhile.
    const isUnkept = step === undefined ? run.generation === 0 : step !== run.step;
    if (isUnkept) await keeper.save(run);
    emit({ type: 'run', record: run.record });
  }

  private settle(): void {
    const { runIfAny } = this.workspace;
    if (runIfAny) this.training?.settle(runIfAny.record);
    this.training = undefined;
  }
}
