import type { Architecture } from '../../domain/architecture/architecture.ts';
import {
  isTrainable,
  named,
  type WeightSpec,
  weightSpecs,
} from '../../domain/architecture/shapes.ts';
import { type AugmentPlan, drawAugmentations } from '../../domain/augment/draw.ts';
import { PARAMETERS } from '../../domain/augment/parameters.ts';
import type { LabelledImages } from '../../domain/data/dataset.ts';
import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import { ADAM, effectiveRate } from '../../domain/recipe/optimizerRule.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import type { Scaling } from '../../domain/recipe/scaling.ts';
import { averageDecay } from '../../domain/recipe/schedule.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { webgpuDevice, webgpuPipelines, webgpuTraits } from '../../engine/device.ts';
import { likeliest } from '../../engine/webgpu/operation.ts';
import { STEP_BYTES, stepBytes } from '../../engine/webgpu/step.ts';
import type { Choose } from '../../engine/webgpu/tuner.ts';
import { assert, at } from '../../util/assert.ts';
import { disposeOnThrow } from '../../util/disposeOnThrow.ts';
import { planTraining, trainingOptions } from '../plan/trainingPlan.ts';
import { names } from '../plan/values.ts';
import { PlanReader } from '../planReader.ts';
import type { Inspected, Wanted } from '../reader.ts';
import type { Trainer } from '../trainer.ts';
import { BufferRunner } from './bufferRunner.ts';
import { CompiledStep } from './compiledStep.ts';
import { MetricsRing } from './metricsRing.ts';
import { planStep, type StepPlan } from './stepPlan.ts';
import { downloadAll, upload } from './transfer.ts';

/** Steps that the ring of figures holds. */
const METRIC_SLOTS = 4096;

export interface CompileOptions {
  /** How training images are varied; without it they are not. */
  readonly augment?: AugmentPlan | undefined;
  /** Decides, once the plan is known, which variants to use; without it, the likeliest. */
  readonly chooseFor?: ((plan: StepPlan) => Promise<Choose>) | undefined;
  /** Shaders that are compiled, of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * A trainer for the webgpu engine that replays a compiled plan of our kernels. A step writes the
 * indices of its images, how they are varied, and seven numbers, and enqueues the same list of
 * dispatches as the step before: no tensor is made, no tape runs, nothing is allocated. Between two steps
 * images are read by other plans in the same buffers, with the averages of the weights where they are
 * kept.
 */
export class CompiledTrainer implements Trainer {
  readonly mostUnread = METRIC_SLOTS;
  private stepsDone = 0;
  private updates = 0;
  private readonly reader: PlanReader;
  private readonly specs: readonly WeightSpec[];
  private readonly metrics: MetricsRing;
  private readonly values = new DataView(new ArrayBuffer(STEP_BYTES));
  private readonly order: Uint32Array<ArrayBuffer>;
  private readonly variations: Float32Array<ArrayBuffer>;

  private constructor(
    architecture: Architecture,
    private readonly recipe: Recipe,
    private readonly device: GPUDevice,
    readonly compiled: CompiledStep,
    private readonly augment: AugmentPlan | undefined,
    choose: Choose,
  ) {
    this.specs = weightSpecs(architecture);
    const weights = { given: compiled.kept, shared: compiled.shared };
    const runner = new BufferRunner(device, recipe.batchSize, choose, weights);
    this.reader = new PlanReader(architecture, recipe.averaging > 0, runner);
    this.metrics = new MetricsRing(device, compiled.buffer(names.metrics), METRIC_SLOTS, 0);
    this.order = new Uint32Array(recipe.batchSize);
    this.variations = new Float32Array(augment ? recipe.batchSize * PARAMETERS : 0);
  }

  /** Uploads the images and compiles every shader of the step. */
  static async create(
    architecture: Architecture,
    images: LabelledImages,
    scaling: Scaling,
    recipe: Recipe,
    { augment, chooseFor, onProgress }: CompileOptions = {},
  ): Promise<CompiledTrainer> {
    const device = webgpuDevice();
    const options = trainingOptions(
      ...([recipe, architecture, images.count, scaling, augment, METRIC_SLOTS] as const),
    );
    const plan = planStep(planTraining(options), webgpuTraits());
    const choose = (await chooseFor?.(plan)) ?? likeliest;
    const step = await CompiledStep.compile(
      ...([device, webgpuPipelines(), plan, choose, { given: new Map() }, onProgress] as const),
    );
    return disposeOnThrow(step, async () => {
      upload(device, step.buffer(names.pixels), images.pixels);
      upload(device, step.buffer(names.labels), images.labels);
      return new CompiledTrainer(architecture, recipe, device, step, augment, choose);
    });
  }

  get step(): number {
    return this.stepsDone;
  }

  trainStep(indices: Uint32Array, learningRate: number): void {
    assert(indices.length <= this.order.length, 'a batch of at most the size compiled for');
    const { device, compiled, order } = this;
    order.set(indices);
    device.queue.writeBuffer(compiled.buffer(names.order), 0, order);
    this.writeVariations(indices.length);
    const values = this.stepValues(indices.length, learningRate);
    device.queue.writeBuffer(compiled.buffer(names.step), 0, values);
    compiled.replay();
    this.stepsDone++;
  }

  private writeVariations(count: number): void {
    if (!this.augment) return;
    drawAugmentations(this.augment, this.stepsDone, count, this.variations);
    const buffer = this.compiled.buffer(names.variations);
    this.device.queue.writeBuffer(buffer, 0, this.variations, 0, count * PARAMETERS);
  }

  /** The `Step` of the shaders: what changes from step to step. */
  private stepValues(count: number, learningRate: number): DataView<ArrayBuffer> {
    const { seed, weightDecay, averaging } = this.recipe;
    this.updates++;
    const numbers = {
      ...{ seed, step: this.stepsDone, count, slot: this.metrics.slotOf(this.stepsDone) },
      rate: effectiveRate(ADAM, learningRate, this.updates),
      decay: learningRate * weightDecay,
      average: averageDecay(averaging, this.updates),
    };
    return stepBytes(numbers, this.values);
  }

  readMetrics(): Promise<TrainingPoint[]> {
    return this.metrics.read(this.stepsDone);
  }

  async exportState(): Promise<NamedTensor[]> {
    const updates = Float32Array.of(this.updates);
    const { specs } = this;
    const buffersOf = (weights: readonly WeightSpec[], nameOf: (weight: string) => string) =>
      weights.map(({ name, shape }) => ({
        ...{ name: nameOf(name), shape, buffer: this.compiled.buffer(nameOf(name)) },
      }));
    const tensors = await downloadAll(this.device, [
      ...buffersOf(specs, (name) => name),
      ...this.keptNames().flatMap((nameOf) => buffersOf(specs.filter(isTrainable), nameOf)),
    ]);
    return [...tensors, { name: 'adam/updates', shape: [1], values: updates }];
  }

  /** What each kind of tensor that is kept of a weight is called, after its weight. */
  private keptNames(): ((weight: string) => string)[] {
    const { firstMoment, secondMoment, average } = names;
    return [firstMoment, secondMoment, ...(this.recipe.averaging > 0 ? [average] : [])];
  }

  importState(tensors: readonly NamedTensor[], step: number): void {
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    const write = (name: string, from = name) => {
      const tensor = byName.get(from);
      assert(tensor, `the state lacks ${from}`);
      const values = Float32Array.from(tensor.values);
      this.device.queue.writeBuffer(this.compiled.buffer(name), 0, values);
    };
    const { firstMoment, secondMoment, average } = names;
    const { specs } = this;
    const updates = byName.get('adam/updates');
    for (const { name } of specs) write(name);
    for (const { name } of specs.filter(isTrainable)) {
      // Where a state has no averages they begin as the weights.
      if (this.recipe.averaging > 0)
        write(average(name), byName.has(average(name)) ? average(name) : name);
      if (!updates) continue;
      write(firstMoment(name));
      write(secondMoment(name));
    }
    if (updates) this.updates = at(updates.values, 0);
    this.stepsDone = step;
    this.metrics.restart(step);
  }

  infer(images: Float32Array, count: number): Promise<Float32Array> {
    return this.reader.infer(images, count);
  }

  inspect(wanted: Wanted, images: Float32Array, count: number): Promise<Inspected> {
    return this.reader.inspect(wanted, images, count);
  }

  exportWeights(only?: readonly string[]): Promise<NamedTensor[]> {
    const isAveraged = this.recipe.averaging > 0;
    return downloadAll(
      this.device,
      named(this.specs, only).map((spec) => {
        const { name, shape } = spec;
        const inUse = isAveraged && isTrainable(spec) ? names.average(name) : name;
        return { name, shape, buffer: this.compiled.buffer(inUse) };
      }),
    );
  }

  dispose(): void {
    this.reader.dispose();
    this.compiled.dispose();
  }
}
