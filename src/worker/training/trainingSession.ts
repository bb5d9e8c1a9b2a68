import type { TrainingSet } from '../../domain/data/trainingSet.ts';
import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import { CheckpointPace } from '../../domain/recipe/checkpointPace.ts';
import { outOfPatience } from '../../domain/recipe/patience.ts';
import type { RunRecord, RunSummary } from '../../domain/runs/run.ts';
import { checkpointBytes } from '../../domain/runs/storageReport.ts';
import type { ResumeOptions } from '../../protocol/protocol.ts';
import type { WorkerEvent } from '../../protocol/workerEvents.ts';
import { summaryOf } from '../../storage/runSummary.ts';
import { evaluate } from '../../training/evaluate.ts';
import { LossWatch } from '../../training/lossWatch.ts';
import { READING_BATCH } from '../../training/reader.ts';
import type { TrainerOptions } from '../../training/trainer.ts';
import { LoopControl, type LoopOutcome, runTrainingLoop } from '../../training/trainingLoop.ts';
import { assert } from '../../util/assert.ts';
import { deferred } from '../../util/deferred.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { errorEvent } from '../calls/failures.ts';
import type { Keeper } from '../keeping/keeper.ts';
import type { CurrentRun } from '../runs/currentRun.ts';
import { busyMsOfFirstStep, busyMsOfStep } from './busyTime.ts';

/**
 * Trains one run from here to its end, a pause in between included: `completion` settles when it is
 * finished, stopped or failed, however often it was paused.
 */
export class TrainingSession {
  private control = new LoopControl();
  private readonly done = deferred<RunSummary>();
  private advancing: Promise<LoopOutcome> | undefined;
  private preparing: AbortController | undefined;
  private losses: LossWatch;
  private readonly pace = new CheckpointPace(performance.now());
  private onSpike: NonNullable<ResumeOptions['onSpike']> = 'pause';
  /** What happened to the engine, if anything: then nothing more is made or kept. */
  private fault: WorkbenchError | undefined;
  /** Whether the trainer was ready when steps were made last: only then can there be one to go back from. */
  isUnderWay = false;
  /** How long the next step may take before something is wrong. */
  busyMs: number;

  constructor(
    readonly run: CurrentRun,
    private readonly keeper: Keeper,
    private readonly choices: Pick<TrainerOptions, 'tune' | 'threads'>,
    private readonly emit: (event: WorkerEvent) => void,
  ) {
    this.losses = lossWatchOf(run, { before: run.record.history.training });
    this.busyMs = busyMsOfFirstStep(run.record.architecture, run.recipe.batchSize);
    this.done.promise.catch(() => {
      // A failure is told by whoever started the loop; a reopened run may have nobody waiting.
    });
  }

  get completion(): Promise<RunSummary> {
    return this.done.promise;
  }

  get isAdvancing(): boolean {
    return this.advancing !== undefined;
  }

  /**
   * Makes steps until the end, a pause or a stop; the run is kept before this resolves. Whoever goes on
   * after the losses went off has seen it, and is not told again at every step.
   */
  advance(set: TrainingSet, onSpike: ResumeOptions['onSpike'] = 'pause'): Promise<LoopOutcome> {
    assert(!this.advancing, 'one loop at a time');
    this.control = new LoopControl();
    if (this.run.doubt === 'spike') this.losses = lossWatchOf(this.run, { isTold: true });
    this.onSpike = onSpike;
    this.run.doubt = undefined;
    this.isUnderWay = false;
    this.advancing = this.makeSteps(set).finally(() => {
      this.advancing = undefined;
    });
    return this.advancing;
  }

  private async makeSteps(set: TrainingSet): Promise<LoopOutcome> {
    const { run, control } = this;
    run.update({ status: 'training' });
    const { trainer, order } = await this.prepare(set);
    this.isUnderWay = true;
    const plan = { ...run.recipe, steps: run.steps };
    const outcome = await runTrainingLoop(trainer, order, plan, control, {
      onSteps: (points, { stepMs, imagesPerSecond }) => {
        run.addPoints(points, stepMs);
        this.busyMs = busyMsOfStep(run.recipe, stepMs);
        const secondsLeft = ((plan.steps - trainer.step) * stepMs) / 1000;
        this.emit({ type: 'step', points, imagesPerSecond, secondsLeft });
        this.watchLosses(points);
      },
      validate: () => this.validate(set),
      checkpoint: async () => {
        const bytes = checkpointBytes(run.record.architecture, run.record.recipe);
        if (this.pace.allows(bytes, performance.now())) await this.keeper.save(run);
      },
      learningRate: (stepsDone) => run.learningRate(stepsDone),
      shouldEnd: () => this.shouldEnd(),
    });
    if (this.fault) throw this.fault;
    // Where the losses went off at the very end it is still the user who decides.
    if (run.doubt && outcome === 'finished') {
      run.update({ status: 'paused' });
      return 'paused';
    }
    run.update({ status: outcome });
    await this.keeper.save(run);
    if (this.fault) throw this.fault;
    // It may have been asked for while the pause was being kept.
    if (outcome !== 'paused' || control.request !== 'stop') return outcome;
    run.update({ status: 'stopped' });
    await this.keeper.noteStatus(run, 'stopped');
    return 'stopped';
  }

  /** Pauses where the losses go off, or ends there. */
  private watchLosses(points: readonly TrainingPoint[]): void {
    if (this.run.doubt) return;
    const spike = this.losses.spikeIn(points);
    if (!spike) return;
    this.run.doubt = 'spike';
    const { step, loss, median } = spike;
    const params = { step, loss: loss.toPrecision(3), median: median.toPrecision(3) };
    if (this.onSpike === 'stop') throw new WorkbenchError('training.wentOff', params);
    this.control.ask('pause');
    this.emit(errorEvent(new WorkbenchError('training.lossSpike', params)));
  }

  /** Whether the validation loss has not fallen for as long as the recipe has patience. */
  private shouldEnd(): boolean {
    const { history, recipe, step, lengthChanges } = this.run.record;
    // Since it was last given more steps: what came before has ended once already.
    const since = lengthChanges?.at(-1)?.step ?? 0;
    const validations = history.validation.filter((point) => point.step > since);
    const best = outOfPatience(validations, recipe.patience);
    if (best === undefined || step >= this.run.steps) return false;
    const params = { step, best, validations: recipe.patience };
    this.emit({
      ...errorEvent(new WorkbenchError('training.endedEarly', params)),
      kind: 'warning',
    });
    return true;
  }

  /** Makes the trainer, and tells how far it is. */
  private async prepare(set: TrainingSet) {
    this.preparing = new AbortController();
    try {
      return await this.run.prepare(set, {
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

  /** Asks the loop to end after the step in progress. */
  interrupt(request: 'pause' | 'stop'): void {
    this.control.ask(request);
    this.preparing?.abort();
  }

  /** Makes no further step, and keeps nothing of what the engine holds now. */
  abandon(fault: WorkbenchError): void {
    this.fault ??= fault;
    this.run.doubt = 'fault';
    this.interrupt('stop');
    // A loop that runs ends with the fault by itself; in a pause nobody else would say so.
    if (!this.advancing) this.fail(fault);
  }

  settle(record: RunRecord): void {
    this.done.resolve(summaryOf(record));
  }

  fail(error: unknown): void {
    this.done.reject(error);
  }

  private async validate({ images: all, validation }: TrainingSet): Promise<void> {
    const { run } = this;
    const { record } = run;
    const indices = validation.subarray(0, record.recipe.validationImages);
    if (indices.length === 0) return;
    const { loss, accuracy, images } = await evaluate(run.network, all, record.scaling, {
      ...{ split: 'validation', indices, batchSize: READING_BATCH },
    });
    const point = { step: record.step, loss, accuracy, images };
    await run.addValidation(point);
    this.emit({ type: 'validation', point });
  }
}

const lossWatchOf = (
  { record, recipe }: CurrentRun,
  known: ConstructorParameters<typeof LossWatch>[2],
): LossWatch => new LossWatch(record.architecture.classes, recipe.batchSize, known);
