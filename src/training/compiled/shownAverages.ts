import { sizeOf, weightSpecs } from '../../domain/shapes.ts';
import { webgpuPipelines } from '../../engine/device.ts';
import { swap } from '../../engine/webgpu/kernels/swap.ts';
import { FLOAT_BYTES, likeliest } from '../../engine/webgpu/operation.ts';
import { flush, markWritten, webgpuBackend } from '../../engine/webgpu/tfjsBackend.ts';
import type { Network, WeightHolder } from '../network.ts';
import { CompiledStep } from './compiledStep.ts';
import { planBuffers } from './plan.ts';
import { PlanBuilder, type StepPlan } from './planBuilder.ts';

/**
 * Lets whoever uses the network find the moving averages in its variables. They lie in buffers that
 * shaders are bound to, so it is the numbers that move: weights and averages change places on the
 * device, and back before training goes on.
 */
export class ShownAverages implements WeightHolder {
  /** Whether the variables hold the averages, and the averages' buffers the weights in training. */
  private isShown = false;

  private constructor(
    private readonly network: Network,
    private readonly exchange: CompiledStep,
  ) {}

  /** The averages begin as the weights. */
  static async create(
    device: GPUDevice,
    network: Network,
    step: CompiledStep,
  ): Promise<ShownAverages> {
    const plan = planExchange(network);
    const buffers = new Map([...plan.buffers.keys()].map((name) => [name, step.buffer(name)]));
    const encoder = device.createCommandEncoder();
    for (const { name, shape } of weightSpecs(network.architecture)) {
      const average = step.buffer(planBuffers.average(name));
      encoder.copyBufferToBuffer(step.buffer(name), 0, average, 0, sizeOf(shape) * FLOAT_BYTES);
    }
    device.queue.submit([encoder.finish()]);
    return new ShownAverages(
      network,
      await CompiledStep.compile(device, webgpuPipelines(), plan, likeliest, buffers),
    );
  }

  bringWeights(): void {
    if (!this.isShown) this.swap();
  }

  /** Gives the variables the weights in training again. */
  putAway(): void {
    if (this.isShown) this.swap();
  }

  private swap(): void {
    const backend = webgpuBackend();
    flush(backend);
    this.exchange.replay();
    for (const variable of this.network.variables) markWritten(backend, variable);
    this.isShown = !this.isShown;
  }
}

function planExchange({ architecture }: Network): StepPlan {
  const plan = new PlanBuilder();
  for (const { name, shape } of weightSpecs(architecture)) {
    const bytes = sizeOf(shape) * FLOAT_BYTES;
    const a = plan.keep(name, bytes);
    const b = plan.keep(planBuffers.average(name), bytes);
    plan.add('update', name, swap(sizeOf(shape)), { a, b });
  }
  return plan.finish();
}
