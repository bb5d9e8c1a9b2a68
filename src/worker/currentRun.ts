import { planAugmentation } from '../domain/augment/draw.ts';
import { BatchOrder } from '../domain/batches.ts';
import type { TrainingPoint, ValidationPoint } from '../domain/metrics.ts';
import { architectureOf, type Recipe } from '../domain/recipe.ts';
import type { ExperimentMark, NamedTensor, RunRecord, RunStatus } from '../domain/run.ts';
import { runNameOf } from '../domain/runName.ts';
import { fitScaling } from '../domain/scaling.ts';
import { learningRateAt, type RateChange } from '../domain/schedule.ts';
import { asBest, bestWeights, weightsInUse, withoutBest } from '../domain/weightsInUse.ts';
import { initialWeights } from '../training/initialWeights.ts';
import { makeTrainer, type TrainerOptions } from '../training/makeTrainer.ts';
import { Network } from '../training/network.ts';
import type { Trainer } from '../training/trainer.ts';
import { assert } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import type { LoadedDataset } from './datasetShelf.ts';

/** The run whose model is in memory: its record as it grows, its network, its trainer. */
export class CurrentRun {
  readonly network: Network;
  private readonly training: TrainingPoint[];
  private readonly validation: ValidationPoint[];
  private trainer: Trainer | undefined;
  /** The weights of the lowest validation loss, as a checkpoint holds them; of few runs. */
  private best: readonly NamedTensor[];

  /**
   * @param resumeState gives the tensors that the first trainer begins with (weights and optimizer
   *   state); read only when training goes on, since the optimizer's are twice the weights' size.
   */
  private constructor(
    private base: RunRecord,
    weights: readonly NamedTensor[],
    private resumeState: (() => Promise<readonly NamedTensor[]>) | undefined,
  ) {
    this.network = new Network(base.architecture, { seed: base.recipe.seed, step: base.step });
    this.network.importWeights(weightsInUse(weights));
    this.best = asBest(bestWeights(weights));
    this.training = [...base.history.training];
    this.validation = [...base.history.validation];
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
    const now = Date.now();
    const record: RunRecord = {
      id: crypto.randomUUID(),
      name: runName(recipe, summary.name),
      status: 'training',
      createdAt: now,
      updatedAt: now,
      recipe,
      architecture,
      scaling: fitScaling(recipe.scaling, dataset.train, training),
      datasetName: summary.name,
      ...(summary.id === undefined ? {} : { datasetId: summary.id }),
      scalingImages: training.length,
      classNames: summary.classNames,
      engine,
      step: 0,
      trainingMs: 0,
      history: { training: [], validation: [] },
      ...(experiment && { experiment }),
    };
    return CurrentRun.restart(record);
  }

  /** The run of this record from its first step again. */
  static restart({ best: _, ...record }: RunRecord): CurrentRun {
    const { architecture, recipe } = record;
    const weights = initialWeights(architecture, recipe.initializer, recipe.seed);
    const history = { training: [], validation: [] };
    return new CurrentRun({ ...record, step: 0, trainingMs: 0, history }, weights, undefined);
  }

  static open(
    record: RunRecord,
    weights: readonly NamedTensor[],
    resumeState: (() => Promise<readonly NamedTensor[]>) | undefined,
  ): CurrentRun {
    return new CurrentRun(record, weights, resumeState);
  }

  get id(): string {
    return this.base.id;
  }

  get recipe(): Recipe {
    return this.base.recipe;
  }

  get step(): number {
    return this.trainer?.step ?? this.base.step;
  }

  get record(): RunRecord {
    return {
      ...this.base,
      step: this.step,
      history: { training: [...this.training], validation: [...this.validation] },
    };
  }

  update(
    change: Partial<
      Pick<RunRecord, 'name' | 'status' | 'engine' | 'testAccuracy' | 'drawnScore' | 'classNames'>
    >,
  ): void {
    this.base = { ...this.base, ...change, updatedAt: Date.now() };
  }

  /** Gives the run this many steps more than it has done. */
  extend(moreSteps: number): void {
    this.base = { ...this.base, recipe: { ...this.recipe, steps: this.step + moreSteps } };
  }

  /** The learning rate of the step that follows so many others. */
  learningRate(stepsDone: number): number {
    const { recipe, rateChanges } = this.base;
    return learningRateAt(recipe, stepsDone, rateChanges);
  }

  /** From the next step on. Kept with the run, so that it can be made again. */
  changeLearningRate(learningRate: number): void {
    const change: RateChange = { step: this.step, learningRate };
    const before = (this.base.rateChanges ?? []).filter(({ step }) => step < change.step);
    this.base = { ...this.base, rateChanges: [...before, change] };
  }

  addPoints(points: readonly TrainingPoint[], stepMs: number): void {
    this.training.push(...points);
    this.base = { ...this.base, trainingMs: this.base.trainingMs + points.length * stepMs };
  }

  /** Notes a validation of the weights in use, and keeps them too if the recipe wants the best. */
  async addValidation(point: ValidationPoint): Promise<void> {
    this.validation.push(point);
    const { best } = this.base;
    if (this.recipe.keepBest === 'off' || (best && best.loss <= point.loss)) return;
    const { step, loss, accuracy } = point;
    this.best = asBest(await this.network.exportWeights());
    this.base = { ...this.base, best: { step, loss, accuracy } };
  }

  /** The trainer of this run and the order of its batches, made when training begins. */
  async prepare(
    loaded: LoadedDataset,
    options: TrainerOptions,
  ): Promise<{ trainer: Trainer; order: BatchOrder }> {
    const { recipe, scaling, engine } = this.base;
    const order = new BatchOrder(loaded.training, recipe.batchSize, recipe.seed);
    if (!this.trainer) {
      const state = (await this.resumeState?.()) ?? (await this.network.exportWeights());
      const { train } = loaded.dataset;
      const augment = planAugmentation(recipe, train, loaded.training);
      const trainer = await makeTrainer(engine, this.network, train, scaling, recipe, {
        ...options,
        augment,
      });
      trainer.importState(withoutBest(state), this.base.step);
      this.trainer = trainer;
      this.resumeState = undefined;
    }
    return { trainer: this.trainer, order };
  }

  /** All that the next step depends on, if training has begun, else the weights; and the best ones. */
  async exportState(): Promise<NamedTensor[]> {
    const state = this.trainer
      ? await this.trainer.exportState()
      : await this.network.exportWeights();
    return [...state, ...this.best];
  }

  /** The same, to be kept: throws `training.weightsNotFinite` where there is nothing worth keeping. */
  async exportFinite(): Promise<NamedTensor[]> {
    const tensors = await this.exportState();
    const bad = tensors.find(({ values }) => !values.every(Number.isFinite));
    if (!bad) return tensors;
    throw new WorkbenchError('training.weightsNotFinite', { tensor: bad.name, step: this.step });
  }

  /** Everything needed to open this run again on another engine, tensors included. */
  async lift(): Promise<() => CurrentRun> {
    const { record, resumeState } = this;
    const tensors = await this.exportState();
    const state = this.trainer ? () => Promise.resolve(tensors) : resumeState;
    return () => new CurrentRun(record, tensors, state);
  }

  dispose(): void {
    this.trainer?.dispose();
    this.network.dispose();
  }
}

/** Whether a stored run was left before its last step. */
export function isUnfinished({ status, step, recipe }: RunRecord): boolean {
  const open: readonly RunStatus[] = ['training', 'paused'];
  assert(step >= 0, 'a run has done a number of steps');
  return open.includes(status) && step < recipe.steps;
}

function runName({ architecture, width, seed }: Recipe, datasetName: string): string {
  const network = architecture === 'alexnet' ? `AlexNet ×${width}` : 'LeNet-5';
  return runNameOf(`${network}, ${datasetName}`, `, seed ${seed}`);
}
