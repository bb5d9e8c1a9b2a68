import { planAugmentation } from '../../domain/augment/draw.ts';
import type { DatasetSummary } from '../../domain/data/dataset.ts';
import type { Look } from '../../domain/data/look.ts';
import { lookOf } from '../../domain/data/lookOf.ts';
import type { TrainingSet } from '../../domain/data/trainingSet.ts';
import { type Curves, curvesOf, noHistory, packHistory } from '../../domain/metrics/history.ts';
import type { TrainingPoint, ValidationPoint } from '../../domain/metrics/metrics.ts';
import { BatchOrder } from '../../domain/recipe/batches.ts';
import { architectureOf, type Recipe } from '../../domain/recipe/recipe.ts';
import { fitScaling } from '../../domain/recipe/scaling.ts';
import { learningRateAt, withChange, withChangeNoted } from '../../domain/recipe/schedule.ts';
import {
  type ExperimentMark,
  factsOf,
  type NamedTensor,
  plannedSteps,
  type RunFacts,
  type RunRecord,
  type RunStatus,
  upToStep,
} from '../../domain/runs/run.ts';
import { newRunName } from '../../domain/runs/runName.ts';
import { asBest, bestWeights, weightsInUse, withoutBest } from '../../domain/runs/weightsInUse.ts';
import type { RunEvent } from '../../protocol/workerEvents.ts';
import { type CheckpointVersion, isSameCheckpoint, notStored } from '../../storage/version.ts';
import { initialWeights } from '../../training/initialWeights.ts';
import { makeTrainer } from '../../training/makeTrainer.ts';
import { Network } from '../../training/network.ts';
import { type RunState, runState } from '../../training/runState.ts';
import type { Trainer, TrainerOptions } from '../../training/trainer.ts';
import { assert } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { newId } from '../../util/newId.ts';
import type { LoadedDataset } from '../data/datasetShelf.ts';
import { lookOfRun } from './lookOfRun.ts';

/** Where the state of a run lies while no trainer holds it. */
interface Origin {
  /** Reads it; only when training goes on or it is kept, since the optimizer's part is twice the weights' size. */
  state(): Promise<RunState>;
  /** Of the stored checkpoint that it is the state of, or goes on from. */
  readonly version: CheckpointVersion;
  /** What the run began with, where that is neither stored nor follows from the seed. */
  readonly beginning?: { readonly step: number; readonly weights: RunState } | undefined;
}

const heldByTrainer = async (): Promise<never> => {
  throw new Error('Broken invariant: the state lies with the trainer');
};

/** Why what a run holds is worth less than its last checkpoint. */
export type Doubt = 'spike' | 'fault';

/**
 * The run whose model is in memory: its record as it grows, its network, and its state, which lies with
 * a trainer once there is one, and before that where the run comes from.
 */
export class CurrentRun {
  readonly network: Network;
  private base: RunFacts;
  private curves: Curves;
  private hasToldCurves = false;
  private trainer: { readonly on: TrainingSet; readonly steps: Trainer } | undefined;
  /** The weights of the lowest validation loss, as a checkpoint holds them; of few runs. */
  private best: readonly NamedTensor[];
  /** While it is set nothing of the run is kept. */
  doubt: Doubt | undefined;

  private constructor(
    record: RunRecord,
    weights: readonly NamedTensor[],
    private origin: Origin,
  ) {
    this.base = factsOf(record);
    this.curves = curvesOf(record.history);
    const { base } = this;
    this.network = new Network(base.architecture, weightsInUse(weights));
    this.best = asBest(bestWeights(weights));
  }

  /** A run at step 0, its weights drawn from the recipe's seed. */
  static begin(
    recipe: Recipe,
    loaded: LoadedDataset,
    engine: string,
    experiment?: ExperimentMark,
  ): CurrentRun {
    const { summary, dataset, training } = loaded;
    const architecture = architectureOf(recipe, summary.shape, summary.classNames.length);
    const look = lookOf(dataset.train, training);
    const { assumptions = [] } = summary;
    const now = Date.now();
    return CurrentRun.fromSeed({
      id: newId(),
      name: newRunName(recipe, summary.name, experiment),
      status: 'training',
      createdAt: now,
      updatedAt: now,
      recipe,
      architecture,
      scaling: fitScaling(recipe.scaling, dataset.train, training),
      datasetName: summary.name,
      datasetId: summary.id,
      scalingImages: training.length,
      ...(look && { look }),
      ...(assumptions.length > 0 && { assumptions }),
      classNames: summary.classNames,
      engine,
      step: 0,
      trainingMs: 0,
      history: noHistory,
      ...(experiment && { experiment }),
    });
  }

  private static fromSeed(record: RunRecord): CurrentRun {
    const { architecture, recipe } = record;
    const weights = initialWeights(architecture, recipe.initializer, recipe.seed);
    const state = async () => runState(weights, record);
    return new CurrentRun(record, weights, { state, version: notStored });
  }

  /** A run that begins with these weights, at the step of its record. */
  static from(record: RunRecord, weights: readonly NamedTensor[]): CurrentRun {
    const begun = runState(weights, record);
    const beginning = { step: record.step, weights: begun };
    return new CurrentRun(record, weights, {
      state: async () => begun,
      version: notStored,
      beginning,
    });
  }

  /** A stored run as it was saved last. */
  static open(record: RunRecord, weights: readonly NamedTensor[], origin: Origin): CurrentRun {
    return new CurrentRun(record, weights, origin);
  }

  get id(): string {
    return this.base.id;
  }

  get recipe(): Recipe {
    return this.base.recipe;
  }

  /** What its training images look like, as far as anybody knows. */
  get look(): Look | undefined {
    return lookOfRun(this.base);
  }

  get step(): number {
    return this.trainer?.steps.step ?? this.base.step;
  }

  /** How many steps it has in all. */
  get steps(): number {
    return plannedSteps(this.base);
  }

  get record(): RunRecord {
    return { ...this.base, step: this.step, history: this.curves };
  }

  /** Tells the page of the run: of its curves once, for what comes after is told as it comes. */
  news(): RunEvent {
    const { history, ...record } = this.record;
    const curves = this.hasToldCurves ? {} : { curves: packHistory(history) };
    this.hasToldCurves = true;
    return { type: 'run', record, ...curves };
  }

  /** The stored checkpoint that this run was opened, saved or amended as. */
  get version(): CheckpointVersion {
    return this.origin.version;
  }

  /** From now on the store has all that the run begins anew from. */
  noteSaved(version: CheckpointVersion): void {
    const { state } = this.origin;
    this.origin = { state, version };
  }

  /**
   * Takes in what another tab has noted of the very checkpoint that this run goes on from, and tells whether
   * it did: not where that tab has trained it further, nor while this one's last steps are doubtful. A rate
   * or a length holds from here on, where steps were made that are not stored.
   */
  takeIn(record: RunFacts, version: CheckpointVersion): boolean {
    const { origin, base, step } = this;
    const isOurs = isSameCheckpoint(version, origin.version);
    if (!isOurs || this.doubt !== undefined || record.step > step) return false;
    this.base =
      record.step === step
        ? { ...record, engine: base.engine }
        : {
            ...base,
            ...{ name: record.name, classNames: record.classNames },
            rateChanges: withChangeNoted(base.rateChanges, record.rateChanges, step),
            lengthChanges: withChangeNoted(base.lengthChanges, record.lengthChanges, step),
          };
    this.origin = { ...origin, version: { ...origin.version, ...version } };
    return true;
  }

  update(
    change: Partial<
      Pick<RunRecord, 'name' | 'status' | 'engine' | 'test' | 'drawnScore' | 'classNames'>
    >,
  ): void {
    this.base = { ...this.base, ...change, updatedAt: Date.now() };
  }

  /** Takes in what was noted of the run beside its checkpoints. */
  note(notes: Pick<RunRecord, 'name' | 'test' | 'drawnScore'>): void {
    this.base = { ...this.base, ...notes };
  }

  /** From now on it is a run of this data set, where nobody knew of which it was. */
  adopt({ id, name }: DatasetSummary): void {
    if (this.base.datasetId !== undefined) return;
    this.base = { ...this.base, datasetId: id, datasetName: name };
  }

  /** Gives the run this many steps more than it has done. What it was made with so far stays said. */
  extend(moreSteps: number): void {
    const change = { step: this.step, steps: this.step + moreSteps };
    this.base = { ...this.base, lengthChanges: withChange(this.base.lengthChanges, change) };
  }

  /** The learning rate of the step that follows so many others. */
  learningRate(stepsDone: number): number {
    return learningRateAt(this.recipe, stepsDone, this.base);
  }

  /** From the next step on. Kept with the run, so that it can be made again. */
  changeLearningRate(learningRate: number): void {
    const change = { step: this.step, learningRate };
    this.base = { ...this.base, rateChanges: withChange(this.base.rateChanges, change) };
  }

  addPoints(points: readonly TrainingPoint[], stepMs: number): void {
    const training = this.curves.training.appended(points);
    this.curves = { ...this.curves, training };
    this.base = { ...this.base, trainingMs: this.base.trainingMs + points.length * stepMs };
  }

  /** Notes a validation of the weights in use, and keeps them too if the recipe wants the best. */
  async addValidation(point: ValidationPoint): Promise<void> {
    this.curves = { ...this.curves, validation: this.curves.validation.appended([point]) };
    const { best } = this.base;
    if (this.recipe.keepBest === 'off' || (best && best.loss <= point.loss)) return;
    const { step, loss, accuracy } = point;
    this.best = asBest(await this.network.exportWeights());
    this.base = { ...this.base, best: { step, loss, accuracy } };
  }

  /**
   * The trainer of this run and the order of its batches, made when training begins, and anew where it
   * is trained on something else than before. Where that fails the run is what it was.
   */
  async prepare(
    on: TrainingSet,
    options: TrainerOptions,
  ): Promise<{ trainer: Trainer; order: BatchOrder }> {
    if (this.trainer && this.trainer.on.key !== on.key) await this.putDown();
    this.trainer ??= { on, steps: await this.makeTrainer(on, options) };
    // From now on the trainer has it, and a copy would be three times the weights' size.
    this.origin = { ...this.origin, state: heldByTrainer };
    const { recipe, trainer } = this;
    const { training } = trainer.on;
    return {
      trainer: trainer.steps,
      order: new BatchOrder(training, recipe.batchSize, recipe.seed),
    };
  }

  private async makeTrainer(on: TrainingSet, options: TrainerOptions): Promise<Trainer> {
    const { recipe, scaling, step } = this.base;
    const state = withoutBest(await this.origin.state());
    const augment = planAugmentation(recipe, on.images, on.training);
    const { network } = this;
    const given = { ...options, augment };
    return makeTrainer(network, on.images, scaling, recipe, given, { state, step });
  }

  /** Takes the state back from its trainer. */
  private async putDown(): Promise<void> {
    const state = await this.exportState();
    this.base = { ...this.base, step: this.step };
    this.leaveTrainer();
    this.network.importWeights(weightsInUse(state));
    this.origin = { ...this.origin, state: async () => state };
  }

  /** All that the next step depends on, wherever it lies, and the best weights. */
  async exportState(): Promise<RunState> {
    const state = this.trainer
      ? await this.trainer.steps.exportState()
      : withoutBest(await this.origin.state());
    return runState([...state, ...this.best], this.base);
  }

  /** The same, to be kept: throws `training.weightsNotFinite` where there is nothing worth keeping. */
  async exportFinite(): Promise<RunState> {
    const state = await this.exportState();
    const bad = state.find(({ values }) => !values.every(Number.isFinite));
    if (!bad) return state;
    throw new WorkbenchError('training.weightsNotFinite', { tensor: bad.name, step: this.step });
  }

  /** Everything needed to open this run again on another engine, tensors included. */
  async lift(): Promise<() => CurrentRun> {
    const { record, doubt, best } = this;
    let { origin } = this;
    let weights: readonly NamedTensor[];
    if (this.trainer) {
      const state = await this.exportState();
      weights = state;
      origin = { ...origin, state: async () => state };
    } else weights = [...(await this.network.exportWeights()), ...best];
    return () => {
      const run = new CurrentRun(record, weights, origin);
      run.doubt = doubt;
      return run;
    };
  }

  /** The run as it began; undefined where nobody has that any more but the store. */
  begunAnew(): CurrentRun | undefined {
    const { beginning, version } = this.origin;
    if (version.generation > 0) return undefined;
    const record = upToStep(this.record, beginning?.step ?? 0);
    return beginning ? CurrentRun.from(record, beginning.weights) : CurrentRun.fromSeed(record);
  }

  dispose(): void {
    this.leaveTrainer();
    this.network.dispose();
  }

  /** What is being read with it comes to its end before it is gone. */
  private leaveTrainer(): void {
    const { trainer } = this;
    this.trainer = undefined;
    if (trainer) this.network.whenRead(() => trainer.steps.dispose());
  }
}

/** Whether a stored run was left before its last step. */
export function isUnfinished(record: RunFacts): boolean {
  const open: readonly RunStatus[] = ['training', 'paused'];
  assert(record.step >= 0, 'a run has done a number of steps');
  return open.includes(record.status) && record.step < plannedSteps(record);
}
