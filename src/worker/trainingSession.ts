import type { TrainingPoint } from '../domain/metrics.ts';
import { outOfPatience } from '../domain/patience.ts';
import type { RunSummary } from '../domain/run.ts';
import type { WorkerEvent } from '../protocol/protocol.ts';
import { summaryOf } from '../storage/runSummary.ts';
import { EVALUATION_BATCH, evaluate } from '../training/evaluate.ts';
import { LossWatch } from '../training/lossWatch.ts';
import type { TrainerOptions } from '../training/makeTrainer.ts';
import {
  type LoopControl,
  type LoopOutcome,
  logLine,
  runTrainingLoop,
} from '../training/trainingLoop.ts';
import { assert } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { busyMsOfFirstStep, busyMsOfStep } from './busyTime.ts';
import type { CurrentRun } from './currentRun.ts';
import type { LoadedDataset } from './datasetShelf.ts';
import { errorEvent } from './failures.ts';
import type { Keeper } from './keeper.ts';

/**
 * Trains one run from here to its end, a pause in between included: `completion` settles when it is
 * finished, stopped or failed, however often it was paused.
 */
export class TrainingSession {
  private readonly control: LoopControl = { request: 'run' };
  private readonly done = Promise.withResolvers<RunSummary>();
  private advancing: Promise<LoopOutcome> | undefined;
  private preparing: AbortController | undefined;
  private readonly losses: LossWatch;
  /** What happened to the engine, if anything: then nothing more is made or kept. */
  private fault: WorkbenchError | undefined;
  /** Whether the losses went off since training last began. */
  private wentOff = false;
  /** How long the next step may take before something is wrong. */
  busyMs: number;

  constructor(
    private readonly run: CurrentRun,
    private readonly loaded: LoadedDataset,
    private readonly keeper: Keeper,
    private readonly choices: Pick<TrainerOptions, 'tune' | 'threads'>,
    private readonly emit: (event: WorkerEvent) => void,
  ) {
    this.losses = new LossWatch(run.record.architecture.classes);
    this.busyMs = busyMsOfFirstStep(run.record.architecture, run.recipe.batchSize);
    this.done.promise.catch(() => {
      // A failure is told by whoever started the loop; a reopened run may have nobody waiting.
    });
  }

  get completion(): Promise<RunSummary> {
    return this.done.promise;
  }

  /** Makes steps until the end, a pause or a stop; the run is kept before this resolves. */
  advance(): Promise<LoopOutcome> {
    assert(!this.advancing, 'one loop at a time');
    this.control.request = 'run';
    this.wentOff = false;
    this.advancing = this.makeSteps().finally(() => {
      this.advancing = undefined;
    });
    return this.advancing;
  }

  private async makeSteps(): Promise<LoopOutcome> {
    this.run.update({ status: 'training' });
    const { trainer, order } = await this.prepare();
    const outcome = await runTrainingLoop(trainer, order, this.run.recipe, this.control, {
      onSteps: (points, { stepMs, imagesPerSecond }) => {
        this.run.addPoints(points, stepMs);
        this.busyMs = busyMsOfStep(this.run.recipe, stepMs);
        const { steps, displayStep } = this.run.recipe;
        const logLines = points.filter(({ step }) => step % displayStep === 0).map(logLine);
        const secondsLeft = ((steps - trainer.step) * stepMs) / 1000;
        this.emit({ type: 'step', points, imagesPerSecond, secondsLeft, logLines });
        this.watchLosses(points);
      },
      validate: () => this.validate(),
      checkpoint: () => this.keep(),
      learningRate: (stepsDone) => this.run.learningRate(stepsDone),
      shouldEnd: () => this.shouldEnd(),
    });
    if (this.fault) throw this.fault;
    this.run.update({ status: outcome });
    await this.keep();
    if (outcome !== 'paused') this.settle();
    return outcome;
  }

  /** Pauses where the losses go off. */
  private watchLosses(points: readonly TrainingPoint[]): void {
    if (this.wentOff) return;
    const spike = this.losses.spikeIn(points);
    if (!spike) return;
    this.wentOff = true;
    this.control.request = 'pause';
    const { step, loss } = spike.point;
    const params = { step, loss: loss.toPrecision(3), median: spike.median.toPrecision(3) };
    this.emit(errorEvent(new WorkbenchError('training.lossSpike', params)));
  }

  /** Writes a checkpoint, unless the losses went off: then the one before is worth more. */
  private async keep(): Promise<void> {
    if (this.wentOff || this.fault) return;
    await this.keeper.save({ record: this.run.record, exportState: () => this.exportSound() });
  }

  private async exportSound() {
    const state = await this.run.exportFinite();
    // The engine may have gone wrong while it was asked.
    if (this.fault) throw this.fault;
    return state;
  }

  /** Whether the validation loss has not fallen for as long as the recipe has patience. */
  private shouldEnd(): boolean {
    const { history, recipe, step } = this.run.record;
    const best = outOfPatience(history.validation, recipe.patience);
    if (best === undefined || step >= recipe.steps) return false;
    const params = { step, best, validations: recipe.patience };
    this.emit({
      ...errorEvent(new WorkbenchError('training.endedEarly', params)),
      kind: 'warning',
    });
    return true;
  }

  /** Makes the trainer, and tells how far it is. */
  private async prepare() {
    this.preparing = new AbortController();
    try {
      return await this.run.prepare(this.loaded, {
        ...this.choices,
        tuning: this.keeper.tuning,
        onProgress: (preparation) => this.emit({ type: 'preparation', preparation }),
        signal: this.preparing.signal,
      });
    } finally {
      this.preparing = undefined;
      this.emit({ type: 'preparation' });
    }
  }

  /** Asks the loop to end after the step in progress, and waits until the run is kept. */
  async interrupt(request: 'pause' | 'stop'): Promise<void> {
    this.control.request = request;
    this.preparing?.abort();
    await this.advancing?.catch(() => undefined);
  }

  /** Makes no further step, and keeps nothing of what the engine holds now. */
  abandon(fault: WorkbenchError): void {
    this.fault ??= fault;
    this.control.request = 'stop';
    this.preparing?.abort();
  }

  settle(): void {
    this.done.resolve(summaryOf(this.run.record, 0));
  }

  fail(error: unknown): void {
    this.done.reject(error);
  }

  private async validate(): Promise<void> {
    const { run, loaded } = this;
    const { record } = run;
    const indices = loaded.validation.subarray(0, record.recipe.validationImages);
    if (indices.length === 0) return;
    const { loss, accuracy, images } = await evaluate(
      run.network,
      loaded.dataset.train,
      record.scaling,
      { split: 'validation', indices, batchSize: EVALUATION_BATCH },
    );
    const point = { step: record.step, loss, accuracy, images };
    await run.addValidation(point);
    this.emit({ type: 'validation', point });
  }
}
