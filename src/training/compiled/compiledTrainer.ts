import type { LabelledImages } from '../../domain/dataset.ts';
import type { TrainingPoint } from '../../domain/metrics.ts';
import { ADAM, effectiveRate } from '../../domain/optimizerRule.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { NamedTensor } from '../../domain/run.ts';
import type { Scaling } from '../../domain/scaling.ts';
import { weightSpecs } from '../../domain/shapes.ts';
import { webgpuDevice, webgpuPipelines, webgpuTraits } from '../../engine/device.ts';
import { likeliest } from '../../engine/webgpu/operation.ts';
import { bufferOf, flush, markWritten, webgpuBackend } from '../../engine/webgpu/tfjsBackend.ts';
import type { Choose } from '../../engine/webgpu/tuner.ts';
import { STEP_BYTES } from '../../engine/webgpu/wgsl.ts';
import { assert, at } from '../../util/assert.ts';
import type { Network } from '../network.ts';
import type { Trainer } from '../trainer.ts';
import { CompiledStep } from './compiledStep.ts';
import { MetricsRing } from './metricsRing.ts';
import { planBuffers, planStep } from './plan.ts';
import type { StepPlan } from './planBuilder.ts';
import { downloadAll } from './transfer.ts';

/** More steps than are ever enqueued between two readings. */
const METRIC_SLOTS = 4096;

export interface CompileOptions {
  /** Decides, once the plan is known, which variants to use; without it, the likeliest. */
  readonly chooseFor?: ((plan: StepPlan) => Promise<Choose>) | undefined;
  /** Shaders that are compiled, of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * A trainer for the webgpu engine that replays a compiled plan of our kernels. A step writes the
 * indices of its images and eight numbers, and enqueues the same list of dispatches as the step
 * before: no tensor is made, no tape runs, nothing is allocated. The weights are the buffers of the
 * network's tfjs variables, so that evaluation and prediction see them without a copy.
 */
export class CompiledTrainer implements Trainer {
  private stepsDone = 0;
  private updates = 0;
  private readonly metrics: MetricsRing;
  private readonly values = new ArrayBuffer(STEP_BYTES);
  private readonly order: Uint32Array<ArrayBuffer>;

  private constructor(
    private readonly network: Network,
    private readonly recipe: Recipe,
    private readonly device: GPUDevice,
    readonly compiled: CompiledStep,
  ) {
    this.metrics = new MetricsRing(device, compiled.buffer(planBuffers.metrics), METRIC_SLOTS, 0);
    this.order = new Uint32Array(recipe.batchSize);
  }

  /** Uploads the images and compiles every shader of the step. */
  static async create(
    network: Network,
    images: LabelledImages,
    scaling: Scaling,
    recipe: Recipe,
    { chooseFor, onProgress }: CompileOptions = {},
  ): Promise<CompiledTrainer> {
    const device = webgpuDevice();
    const backend = webgpuBackend();
    const plan = planStep({
      architecture: network.architecture,
      batchSize: recipe.batchSize,
      scaling,
      rule: ADAM,
      traits: webgpuTraits(),
      imageCount: images.count,
      metricSlots: METRIC_SLOTS,
    });
    const choose = (await chooseFor?.(plan)) ?? likeliest;
    const names = weightSpecs(network.architecture).map(({ name }) => name);
    const weights = new Map(
      names.map((name, i) => [name, bufferOf(backend, at(network.variables, i))]),
    );
    flush(backend);
    const step = await CompiledStep.compile(
      ...([device, webgpuPipelines(), plan, choose, weights, onProgress] as const),
    );
    upload(device, step.buffer(planBuffers.pixels), images.pixels);
    upload(device, step.buffer(planBuffers.labels), images.labels);
    return new CompiledTrainer(network, recipe, device, step);
  }

  get step(): number {
    return this.stepsDone;
  }

  trainStep(indices: Uint32Array, learningRate: number): void {
    assert(indices.length <= this.order.length, 'a batch of at most the size compiled for');
    const { queue } = this.device;
    const backend = webgpuBackend();
    flush(backend);
    this.order.set(indices);
    queue.writeBuffer(this.compiled.buffer(planBuffers.order), 0, this.order);
    queue.writeBuffer(
      this.compiled.buffer(planBuffers.step),
      0,
      this.stepValues(indices.length, learningRate),
    );
    this.compiled.replay();
    for (const variable of this.network.variables) markWritten(backend, variable);
    this.stepsDone++;
  }

  /** The `Step` of the shaders: what changes from step to step. */
  private stepValues(count: number, learningRate: number): ArrayBuffer {
    const { seed } = this.recipe;
    this.updates++;
    const integers = [seed, this.stepsDone, count, this.metrics.slotOf(this.stepsDone)];
    new Uint32Array(this.values, 0, 4).set(integers);
    new Float32Array(this.values, 16, 1)[0] = effectiveRate(ADAM, learningRate, this.updates);
    return this.values;
  }

  readMetrics(): Promise<TrainingPoint[]> {
    return this.metrics.read(this.stepsDone);
  }

  async exportState(): Promise<NamedTensor[]> {
    const { device, compiled } = this;
    const specs = weightSpecs(this.network.architecture);
    const moments = (nameOf: (weight: string) => string) =>
      specs.map(({ name, shape }) => ({
        name: nameOf(name),
        shape,
        buffer: compiled.buffer(nameOf(name)),
      }));
    const updates = Float32Array.of(this.updates);
    const [weights, ...state] = await Promise.all([
      this.network.exportWeights(),
      downloadAll(device, moments(planBuffers.firstMoment)),
      downloadAll(device, moments(planBuffers.secondMoment)),
    ]);
    return [...weights, ...state.flat(), { name: 'adam/updates', shape: [1], values: updates }];
  }

  importState(tensors: readonly NamedTensor[], step: number): void {
    const { queue } = this.device;
    flush(webgpuBackend());
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    const write = (name: string) => {
      const tensor = byName.get(name);
      assert(tensor, `the state lacks ${name}`);
      queue.writeBuffer(this.compiled.buffer(name), 0, Float32Array.from(tensor.values));
    };
    const names = weightSpecs(this.network.architecture).map(({ name }) => name);
    for (const name of names) write(name);
    for (const variable of this.network.variables) markWritten(webgpuBackend(), variable);
    const updates = byName.get('adam/updates');
    if (updates) {
      for (const name of names) {
        write(planBuffers.firstMoment(name));
        write(planBuffers.secondMoment(name));
      }
      this.updates = at(updates.values, 0);
    }
    this.stepsDone = step;
    this.metrics.restart(step);
  }

  dispose(): void {
    this.compiled.dispose();
  }
}

/** Buffers are whole words; a copy is made only where the bytes are not. */
function upload(device: GPUDevice, buffer: GPUBuffer, bytes: Uint8Array): void {
  const whole = bytes.length - (bytes.length % 4);
  device.queue.writeBuffer(buffer, 0, bytes as Uint8Array<ArrayBuffer>, 0, whole);
  if (whole === bytes.length) return;
  const rest = new Uint8Array(4);
  rest.set(bytes.subarray(whole));
  device.queue.writeBuffer(buffer, whole, rest);
}
