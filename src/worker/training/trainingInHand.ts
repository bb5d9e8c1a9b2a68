import type { TrainingSet } from '../../domain/data/trainingSet.ts';
import type { RunSummary } from '../../domain/runs/run.ts';
import type { ResumeOptions } from '../../protocol/protocol.ts';
import type { LoopOutcome } from '../../training/trainingLoop.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { errorEvent } from '../calls/failures.ts';
import { goBack, leave } from '../runs/leavingRun.ts';
import type { Workspace } from '../workspace.ts';
import { TrainingSession } from './trainingSession.ts';

/** A page has taken another worker in the place of a failed one after this long. */
const RESPAWN_MS = 3000;

/**
 * The training in progress or in a pause of this session: from its first step to whatever ends it, the
 * engine's fault included.
 */
export class TrainingInHand {
  private training: TrainingSession | undefined;
  /** Resolves when the loop in progress has ended, and the session is where that leaves it. */
  resting: Promise<void> = Promise.resolve();

  constructor(private readonly workspace: Workspace) {
    workspace.onRunLeaves = () => this.settle();
    workspace.onEngineFault = (fault) => this.abandon(fault);
  }

  /** How long it may go without a word. */
  get busyMs(): number {
    return this.training?.busyMs ?? 0;
  }

  /** Asks the loop to end after the step in progress. */
  interrupt(request: 'pause' | 'stop'): void {
    this.training?.interrupt(request);
  }

  /** Starts the loop without waiting for it, and gives the promise of the run's end. */
  advance(
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

  /** Whoever waits for the training hears that it is over where the current run is. */
  settle(): void {
    const { runIfAny } = this.workspace;
    if (runIfAny) this.training?.settle(runIfAny.record);
    this.training = undefined;
  }

  private async rest(training: TrainingSession, outcome: LoopOutcome): Promise<void> {
    const { workspace } = this;
    if (outcome === 'paused') {
      if (workspace.phase !== 'failed') workspace.act('pause');
      return;
    }
    this.training = undefined;
    try {
      if (training.run.doubt) await goBack(workspace);
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
      if (training.isUnderWay) await goBack(workspace);
      else await leave(workspace);
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
}
