import { isTrainable, sizeOf, weightSpecs } from '../../domain/shapes.ts';
import { webgpuPipelines } from '../../engine/device.ts';
import { swap } from '../../engine/webgpu/kernels/swap.ts';
import { FLOAT_BYTES, likeliest } from '../../engine/webgpu/operation.ts';
import { flush, markWritten, webgpuBackend } from '../../engine/webgpu/tfjsBackend.ts';
import type { Network, WeightHolder } from '../network.ts';
import { names } from '../plan/values.ts';
import { CompiledStep } from './compiledStep.ts';
import type { PlanBuffer, PlanNode, StepPlan } from './stepPlan.ts';

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
    for (const { name, shape } of weightSpecs(network.architecture).filter(isTrainable)) {
      const average = step.buffer(names.average(name));
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
  const buffers = new Map<string, PlanBuffer>();
  const nodes = weightSpecs(architecture)
    .filter(isTrainable)
    .map(({ name, shape }): PlanNode => {
      const pair = { a: name, b: names.average(name) };
      for (const buffer of Object.values(pair)) {
        buffers.set(buffer, { bytes: sizeOf(shape) * FLOAT_BYTES, life: 'kept' });
      }
      return { phase: 'update', layer: name, operation: swap(sizeOf(shape)), buffers: pair };
    });
  return { nodes, buffers, results: [] };
}
