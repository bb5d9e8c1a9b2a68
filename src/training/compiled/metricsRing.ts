import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import { readBack } from '../../engine/webgpu/readBack.ts';
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
    const values = await this.copyOut(first, count);
    return Array.from({ length: count }, (_, i) => ({
      step: first + i + 1,
      loss: at(values, 2 * i),
      accuracy: at(values, 2 * i + 1),
    }));
  }

  private async copyOut(first: number, count: number): Promise<number[]> {
    const { buffer } = this;
    const start = this.slotOf(first);
    const untilWrap = Math.min(count, this.slots - start);
    const part = (slot: number, steps: number) => ({
      ...{ buffer, offset: slot * BYTES_PER_STEP, bytes: steps * BYTES_PER_STEP },
    });
    const parts = [part(start, untilWrap), part(0, count - untilWrap)];
    const read = await readBack(
      this.device,
      parts.filter(({ bytes }) => bytes > 0),
    );
    return read.flatMap((bytes) => [...new Float32Array(bytes)]);
  }

  /** Forgets what was not read: the next step done is number `step` + 1. */
  restart(step: number): void {
    this.readSteps = step;
  }
}
