import { webgpuPipelines, webgpuTraits } from '../../engine/device.ts';
import { FLOAT_BYTES } from '../../engine/webgpu/operation.ts';
import { readBack } from '../../engine/webgpu/readBack.ts';
import type { Choose } from '../../engine/webgpu/tuner.ts';
import { assert } from '../../util/assert.ts';
import { floatsOfEach } from '../plan/passes/uses.ts';
import type { Inputs, PlanRunner, Purpose } from '../planReader.ts';
import { type Brought, CompiledStep } from './compiledStep.ts';
import { planStep, type StepPlan } from './stepPlan.ts';

/**
 * Shaders are compiled, and buffers made, for each number of images that goes through at once. So few
 * numbers do: one that lies between is filled up to the next.
 */
const SIZES = [1, 4, 16, 64];

interface Ready {
  readonly plan: StepPlan;
  readonly step: CompiledStep;
}

/**
 * Runs plans on the weights in these buffers. What a plan needs for itself alone lies in the buffers that
 * are shared: those of a run's step, of which between two steps nothing is needed, and those of the plans
 * before it.
 */
export class BufferRunner implements PlanRunner {
  private readonly ready = new Map<string, Promise<Ready>>();
  private readonly shared: Set<GPUBuffer>;
  private isDisposed = false;

  constructor(
    private readonly device: GPUDevice,
    private readonly mostAtOnce: number,
    private readonly choose: Choose,
    private readonly weights: Brought,
  ) {
    this.shared = new Set(weights.shared);
  }

  most(): number {
    return this.mostAtOnce;
  }

  async run(purpose: Purpose, inputs: Inputs, count: number): Promise<Float32Array[]> {
    const most = this.mostAtOnce;
    const batch = [...SIZES, most].find((size) => size >= count && size <= most) ?? most;
    const { plan, step } = await this.prepared(purpose, batch);
    assert(!this.isDisposed, 'the network is still there');
    const { device } = this;
    // Nothing comes between the images of a batch and what is read of them.
    for (const [name, rows] of Object.entries(inputs)) {
      device.queue.writeBuffer(step.buffer(name), 0, Float32Array.from(rows));
    }
    step.replay();
    const parts = plan.results.map((value) => ({
      buffer: step.buffer(value.name),
      bytes: count * floatsOfEach(value) * FLOAT_BYTES,
    }));
    return (await readBack(device, parts)).map((bytes) => new Float32Array(bytes));
  }

  private prepared(purpose: Purpose, batch: number): Promise<Ready> {
    const key = `${batch} ${purpose.key}`;
    const ready = this.ready.get(key) ?? this.compile(purpose, batch);
    this.ready.set(key, ready);
    // What could not be had may be there next time.
    ready.catch(() => this.ready.delete(key));
    return ready;
  }

  private async compile(purpose: Purpose, batch: number): Promise<Ready> {
    const plan = planStep(purpose.plan(batch), webgpuTraits());
    const brought = { given: this.weights.given, shared: [...this.shared] };
    const step = await CompiledStep.compile(
      ...([this.device, webgpuPipelines(), plan, this.choose, brought] as const),
    );
    for (const buffer of step.shared) this.shared.add(buffer);
    if (this.isDisposed) step.dispose();
    return { plan, step };
  }

  dispose(): void {
    this.isDisposed = true;
    for (const ready of this.ready.values()) {
      ready.then(
        ({ step }) => step.dispose(),
        () => undefined,
      );
    }
  }
}
