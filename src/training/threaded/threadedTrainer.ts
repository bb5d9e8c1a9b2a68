import type { Architecture } from '../../domain/architecture/architecture.ts';
import {
  isTrainable,
  named,
  sizeOf,
  type WeightSpec,
  weightSpecs,
} from '../../domain/architecture/shapes.ts';
import { type AugmentPlan, drawAugmentations } from '../../domain/augment/draw.ts';
import { PARAMETERS } from '../../domain/augment/parameters.ts';
import type { LabelledImages } from '../../domain/data/dataset.ts';
import type { Labels } from '../../domain/data/labels.ts';
import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import { ADAM, effectiveRate } from '../../domain/recipe/optimizerRule.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import { type Scaling, scaledBytes } from '../../domain/recipe/scaling.ts';
import { averageDecay } from '../../domain/recipe/schedule.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { SCALED } from '../../engine/wasm/lowering/lower.ts';
import type { ThreadTeam } from '../../engine/wasm/threads/threadTeam.ts';
import { assert, at } from '../../util/assert.ts';
import { planTraining, type TrainingOptions, trainingOptions } from '../plan/trainingPlan.ts';
import { names } from '../plan/values.ts';
import { PlanReader } from '../planReader.ts';
import type { Inspected, Wanted } from '../reader.ts';
import type { Trainer } from '../trainer.ts';
import { addressIn, planCalls, resolveCalls } from './callPlan.ts';
import { layOutToFit, type RunLayout } from './heapLimit.ts';
import { MemoryRunner } from './memoryRunner.ts';
import { openTeam } from './openTeam.ts';

/** More steps than are ever done between two readings. */
const METRIC_SLOTS = 1024;
const METRIC_BYTES = 8;
/** Of the struct in `assembly/step.ts`. */
const STEP_WORDS = 5;

/**
 * A trainer for processors: it replays a list of our SIMD kernels on all cores, in a memory of its
 * own that was laid out once. No tensor is made, no tape runs, nothing is allocated. The weights have
 * the same bits whatever the number of threads.
 *
 * Between two steps images are read on the same threads, by other plans in the same memory.
 */
export class ThreadedTrainer implements Trainer {
  readonly mostUnread = METRIC_SLOTS;
  private stepsDone = 0;
  private updates = 0;
  private metricsRead = 0;
  /** Lists of calls by the number of images in the batch: the last of an epoch may be short. */
  private readonly lists = new Map<number, number>();
  private readonly reader: PlanReader;
  private readonly specs: readonly WeightSpec[];
  /** Those that gradients change: they have moments, and an average. */
  private readonly trained: readonly WeightSpec[];

  private constructor(
    private readonly recipe: Recipe,
    private readonly options: TrainingOptions,
    private readonly layout: RunLayout,
    private readonly team: ThreadTeam,
    private readonly augment: AugmentPlan | undefined,
  ) {
    this.specs = weightSpecs(options.architecture);
    this.trained = this.specs.filter(isTrainable);
    const runner = new MemoryRunner(team, layout.lasting, options.batchSize);
    this.reader = new PlanReader(options.architecture, options.averages, runner);
  }

  /**
   * Throws `engine.heapTooSmall` where the run needs more memory than WebAssembly can address, and
   * `engine.noHeap` where the browser does not give it.
   */
  static async create(
    architecture: Architecture,
    images: LabelledImages,
    scaling: Scaling,
    recipe: Recipe,
    threads: number,
    augment?: AugmentPlan,
  ): Promise<ThreadedTrainer> {
    const options = trainingOptions(
      ...([recipe, architecture, images.count, scaling, augment] as const),
      METRIC_SLOTS,
    );
    const layout = layOutToFit(options, recipe, threads);
    const team = await openTeam(layout.totalBytes, threads);
    const trainer = new ThreadedTrainer(recipe, options, layout, team, augment);
    trainer.bytes(names.pixels, images.pixels.length).set(images.pixels);
    trainer.labels(images.labels.length).set(images.labels);
    if (!augment) trainer.floats(SCALED.name, 256).set(scaledBytes(scaling));
    return trainer;
  }

  get step(): number {
    return this.stepsDone;
  }

  /** The bytes of all buffers together. */
  get memoryBytes(): number {
    return this.team.memory.buffer.byteLength;
  }

  trainStep(indices: Uint32Array, learningRate: number): void {
    assert(indices.length <= this.recipe.batchSize, 'a batch of at most the size planned for');
    const { buffer } = this.team.memory;
    new Uint32Array(buffer, this.address(names.order), indices.length).set(indices);
    this.drawVariations(indices.length);
    this.updates++;
    this.writeStep(learningRate);
    this.team.run(this.listFor(indices.length));
    this.stepsDone++;
  }

  private drawVariations(count: number): void {
    if (!this.augment) return;
    const variations = this.floats(names.variations, count * PARAMETERS);
    drawAugmentations(this.augment, this.stepsDone, count, variations);
  }

  /** The struct that the kernels read what changes from: `assembly/step.ts`. */
  private writeStep(learningRate: number): void {
    const { recipe, updates } = this;
    const { buffer } = this.team.memory;
    const step = this.address(names.step);
    const slot = (this.stepsDone % METRIC_SLOTS) * METRIC_BYTES;
    const integers = new Uint32Array(buffer, step, STEP_WORDS);
    const floats = new Float32Array(buffer, step, STEP_WORDS);
    integers[0] = this.stepsDone;
    floats[1] = effectiveRate(ADAM, learningRate, updates);
    integers[2] = this.address(names.metrics) + slot;
    floats[3] = learningRate * recipe.weightDecay;
    floats[4] = averageDecay(recipe.averaging, updates);
  }

  private listFor(batchSize: number): number {
    const known = this.lists.get(batchSize);
    if (known !== undefined) return known;
    // A short batch lies where a whole one does.
    const calls = planCalls(planTraining({ ...this.options, batchSize }), this.recipe.seed);
    const list = this.team.learn(resolveCalls(calls, this.layout.training));
    this.lists.set(batchSize, list);
    return list;
  }

  infer(images: Float32Array, count: number): Promise<Float32Array> {
    return this.reader.infer(images, count);
  }

  inspect(wanted: Wanted, images: Float32Array, count: number): Promise<Inspected> {
    return this.reader.inspect(wanted, images, count);
  }

  async readMetrics(): Promise<TrainingPoint[]> {
    const first = this.metricsRead;
    const count = this.stepsDone - first;
    assert(count <= METRIC_SLOTS, `${count} steps were not read in time`);
    this.metricsRead = this.stepsDone;
    const figures = this.floats(names.metrics, 2 * METRIC_SLOTS);
    return Array.from({ length: count }, (_, i) => {
      const slot = (first + i) % METRIC_SLOTS;
      return {
        step: first + i + 1,
        loss: at(figures, 2 * slot),
        accuracy: at(figures, 2 * slot + 1),
      };
    });
  }

  async exportState(): Promise<NamedTensor[]> {
    const updates = Float32Array.of(this.updates);
    return [
      ...this.specs.map((spec) => this.stored(spec, spec.name)),
      ...this.trained.map((spec) => this.stored(spec, names.firstMoment(spec.name))),
      ...this.trained.map((spec) => this.stored(spec, names.secondMoment(spec.name))),
      ...(this.options.averages
        ? this.trained.map((spec) => this.stored(spec, names.average(spec.name)))
        : []),
      { name: 'adam/updates', shape: [1], values: updates },
    ];
  }

  /** A copy of the buffer `name`, which has the weight's shape. */
  private stored({ shape }: WeightSpec, name: string): NamedTensor {
    return { name, shape, values: Float32Array.from(this.floats(name, sizeOf(shape))) };
  }

  importState(tensors: readonly NamedTensor[], step: number): void {
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    const updates = byName.get('adam/updates');
    const write = (name: string) => {
      const tensor = byName.get(name);
      assert(tensor, `the state lacks ${name}`);
      this.floats(name, tensor.values.length).set(tensor.values);
    };
    for (const { name } of this.specs) write(name);
    for (const { name } of updates ? this.trained : []) {
      write(names.firstMoment(name));
      write(names.secondMoment(name));
    }
    if (this.options.averages) this.importAverages(byName);
    if (updates) this.updates = at(updates.values, 0);
    this.stepsDone = step;
    this.metricsRead = step;
  }

  /** The averages begin as the weights. */
  private importAverages(byName: ReadonlyMap<string, NamedTensor>): void {
    for (const { name } of this.trained) {
      const tensor = byName.get(names.average(name)) ?? byName.get(name);
      if (tensor) this.floats(names.average(name), tensor.values.length).set(tensor.values);
    }
  }

  /** Those of the last step, or their averages. */
  async exportWeights(only?: readonly string[]): Promise<NamedTensor[]> {
    return named(this.specs, only).map((spec) => {
      const isAveraged = this.options.averages && isTrainable(spec);
      const inUse = isAveraged ? names.average(spec.name) : spec.name;
      return { ...this.stored(spec, inUse), name: spec.name };
    });
  }

  private address(name: string): number {
    return addressIn(this.layout.training, name);
  }

  private floats(name: string, count: number): Float32Array {
    return new Float32Array(this.team.memory.buffer, this.address(name), count);
  }

  private labels(count: number): Labels {
    return new Uint16Array(this.team.memory.buffer, this.address(names.labels), count);
  }

  private bytes(name: string, count: number): Uint8Array {
    return new Uint8Array(this.team.memory.buffer, this.address(name), count);
  }

  dispose(): void {
    this.reader.dispose();
    this.team.dispose();
  }
}
