import { sizeOf } from '../../domain/architecture/shape.ts';
import type { Architecture } from '../../domain/architecture.ts';
import { webgpuDevice, webgpuPipelines, webgpuTraits } from '../../engine/device.ts';
import { FLOAT_BYTES } from '../../engine/webgpu/operation.ts';
import { readBack } from '../../engine/webgpu/readBack.ts';
import type { Choose } from '../../engine/webgpu/tuner.ts';
import { assert, at } from '../../util/assert.ts';
import { planInference } from '../plan/inferencePlan.ts';
import { names } from '../plan/values.ts';
import { CompiledStep } from './compiledStep.ts';
import { planStep } from './stepPlan.ts';

/**
 * Reads images with the weights that a run is used with, in the buffers of its step: between two steps
 * nothing of them is needed. As many go through at once as in a step, so that most shaders are known.
 */
export class CompiledInference {
  private constructor(
    private readonly device: GPUDevice,
    private readonly step: CompiledStep,
    private readonly logits: string,
    private readonly architecture: Architecture,
    private readonly batchSize: number,
  ) {}

  static async create(
    training: CompiledStep,
    architecture: Architecture,
    batchSize: number,
    averages: boolean,
    choose: Choose,
  ): Promise<CompiledInference> {
    const device = webgpuDevice();
    const plan = planStep(planInference(architecture, batchSize, averages), webgpuTraits());
    const { kept: given, shared } = training;
    const step = await CompiledStep.compile(
      ...([device, webgpuPipelines(), plan, choose, { given, shared }] as const),
    );
    return new CompiledInference(device, step, at(plan.results, 0), architecture, batchSize);
  }

  /** Logits `[count, classes]`. Nothing comes between the images of a batch and what is read of them. */
  async read(images: Float32Array, count: number): Promise<Float32Array> {
    const { device, step, batchSize, architecture } = this;
    const { height, width, channels } = architecture.input;
    const [floats, classes] = [sizeOf([height, width, channels]), architecture.classes];
    assert(images.length === count * floats, 'images of the size that the network takes');
    const logits = new Float32Array(count * classes);
    for (let first = 0; first < count; first += batchSize) {
      const part = Math.min(batchSize, count - first);
      const values = Float32Array.from(images.subarray(first * floats, (first + part) * floats));
      device.queue.writeBuffer(step.buffer(names.images), 0, values);
      step.replay();
      const buffer = step.buffer(this.logits);
      const [read] = await readBack(device, [{ buffer, bytes: part * classes * FLOAT_BYTES }]);
      assert(read, 'the logits were read');
      logits.set(new Float32Array(read), first * classes);
    }
    return logits;
  }

  dispose(): void {
    this.step.dispose();
  }
}
