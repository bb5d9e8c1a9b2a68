import type { TrainingSet } from '../../domain/data/trainingSet.ts';
import type { LabelledDrawing } from '../../domain/drawing/drawings.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import type { RunSummary } from '../../domain/runs/run.ts';
import type { ResumeOptions, TrainOptions } from '../../protocol/protocol.ts';
import { summaryOf } from '../../storage/runSummary.ts';
import { isSameCheckpoint } from '../../storage/version.ts';
import { trainedElsewhere } from '../../storage/writeCheckpoint.ts';
import { LoopControl } from '../../training/trainingLoop.ts';
import { deferred } from '../../util/deferred.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { trainable, trainedOn } from '../data/datasetShelf.ts';
import { catchUp } from '../runs/catchUp.ts';
import { CurrentRun, isUnfinished } from '../runs/currentRun.ts';
import { acceptEnd, goBack, stopHere } from '../runs/leavingRun.ts';
import type { Workspace } from '../workspace.ts';
import { TrainingInHand } from './trainingInHand.ts';

/** Train, Pause, Resume and Stop. */
export class TrainingCommands {
  private readonly training: TrainingInHand;
  /** While the first step is prepared: what was asked for meanwhile, and when that is over. */
  private starting: { readonly asked: LoopControl; readonly begun: Promise<void> } | undefined;

  constructor(private readonly workspace: Workspace) {
    this.training = new TrainingInHand(workspace);
  }

  /** How long the training in progress may go without a word. */
  get busyMs(): number {
    return this.training.busyMs;
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
        const { fineTuningOf } = await import('../runs/fineTuning.ts');
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
        if (!(await catchUp(workspace, wanted))) await workspace.takeStored(wanted.id);
        const { run } = workspace;
        if (moreSteps === undefined && run.step >= run.steps) {
          if (run.doubt) {
            await acceptEnd(workspace, run);
            this.training.settle();
          }
          return undefined;
        }
        const set = await workspace.trainingSetOfRun();
        if (moreSteps !== undefined) run.extend(moreSteps);
        run.update({ engine: workspace.engine.name, status: 'training' });
        // Another worker that goes on after this one has died reads here how far.
        if (moreSteps !== undefined) await keeper.amend(run);
        workspace.emit(run.news());
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
      stopWriting = await workspace.keeper.startWriting('long');
      const set = await prepare();
      if (set) {
        const completion = this.training.advance(set, onSpike, stopWriting);
        const { request } = starting.asked;
        if (request !== 'run') this.training.interrupt(request);
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
    return summaryOf(workspace.run.record);
  }

  /** Obeyed after the step in progress; where the first is still being prepared, before that one. */
  private async interrupt(request: 'pause' | 'stop'): Promise<void> {
    const { starting } = this;
    starting?.asked.ask(request);
    this.training.interrupt(request);
    await starting?.begun;
    await this.training.resting;
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
    const { workspace } = this;
    const { run, keeper, emit } = workspace;
    // Refused where another tab trains, and so might train the very run.
    const stopWriting = await keeper.startWriting();
    try {
      // While it trains here nobody else does.
      const mayBeOld = workspace.phase === 'paused';
      if (mayBeOld && !(await catchUp(workspace, run))) throw trainedElsewhere(run.record);
      run.changeLearningRate(learningRate);
      emit(run.news());
      await keeper.amend(run);
    } finally {
      stopWriting();
    }
  }

  /** Marks a run that waits in a pause as stopped. One that went off goes back to its last checkpoint. */
  private async stopPausedRun(): Promise<void> {
    const { workspace } = this;
    const { keeper, runIfAny: run } = workspace;
    if (!run || (!isUnfinished(run.record) && !run.doubt)) return;
    const news = await keeper.newsOf(run);
    // Where another tab has trained it further, that one says what becomes of it.
    const isOurs = !news || isSameCheckpoint(news.version, run.version);
    if (isOurs) {
      if (run.doubt) await goBack(workspace);
      // Another tab may have stopped it, or given it an end that it has reached.
      else if (!(await catchUp(workspace, run)) || isUnfinished(run.record)) {
        await stopHere(workspace, run);
      }
    }
    this.training.settle();
  }
}
