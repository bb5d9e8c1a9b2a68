import type { TrainingPoint } from '../../domain/metrics.ts';
import { assert, at } from '../../util/assert.ts';

const BYTES_PER_STEP = 8;

/**
 * Loss and accuracy of the last steps, on the device: step s writes slot s mod slots. Reading copies
 * the slots that nobody has read yet and waits for the copy, not for the steps enqueued behind it.
 */
export class MetricsRing {
  private readSteps: number;

  constructor(
    private readonly device: GPUDevice,
    private readonly buffer: GPUBuffer,
    private readonly slots: number,
    firstStep: number,
  ) {
    this.readSteps = firstStep;
  }

  slotOf(step: number): number {
    return step % this.slots;
  }

  /** Figures of the steps from the last reading to `stepsDone`. */
  async read(stepsDone: number): Promise<TrainingPoint[]> {
    const first = this.readSteps;
    const count = stepsDone - first;
    assert(count <= this.slots, `${count} steps were not read in time`);
    this.readSteps = stepsDone;
    if (count === 0) return [];
    const staging = this.copyOut(first, count);
    await staging.mapAsync(GPUMapMode.READ);
    const values = new Float32Array(staging.getMappedRange().slice(0));
    staging.destroy();
    return Array.from({ length: count }, (_, i) => ({
      step: first + i + 1,
      loss: at(values, 2 * i),
      accuracy: at(values, 2 * i + 1),
    }));
  }

  private copyOut(first: number, count: number): GPUBuffer {
    const staging = this.device.createBuffer({
      label: 'metrics',
      size: count * BYTES_PER_STEP,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    const encoder = this.device.createCommandEncoder();
    const start = this.slotOf(first);
    const untilWrap = Math.min(count, this.slots - start);
    const copy = (slot: number, to: number, steps: number) =>
      encoder.copyBufferToBuffer(
        ...([this.buffer, slot * BYTES_PER_STEP] as const),
        ...([staging, to * BYTES_PER_STEP, steps * BYTES_PER_STEP] as const),
      );
    copy(start, 0, untilWrap);
    if (untilWrap < count) copy(0, untilWrap, count - untilWrap);
    this.device.queue.submit([encoder.finish()]);
    return staging;
  }

  /** Forgets what was not read: the next step done is number `step` + 1. */
  restart(step: number): void {
    this.readSteps = step;
  }
}
