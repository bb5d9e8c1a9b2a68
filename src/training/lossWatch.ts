import type { TrainingPoint } from '../domain/metrics.ts';

/** Losses that the median is of. */
const WINDOW = 100;
/** Before so many there is no saying what is usual. */
const FEWEST = 20;
const TIMES = 10;

export interface LossSpike {
  readonly point: TrainingPoint;
  /** Of the losses before it. */
  readonly median: number;
}

/**
 * Notices when training goes off: a loss over ten times the median of those before it, and worse
 * than guessing (the natural logarithm of the number of classes). Without the second, the batch that
 * holds the one unreadable digit would raise an alarm whenever the loss is near zero.
 */
export class LossWatch {
  private readonly recent: number[] = [];
  private readonly guessing: number;

  constructor(classes: number) {
    this.guessing = Math.log(classes);
  }

  /** The first spike among these points, which then is not counted among the usual losses. */
  spikeIn(points: readonly TrainingPoint[]): LossSpike | undefined {
    for (const point of points) {
      const median = medianOf(this.recent);
      const isSpike = point.loss > TIMES * median && point.loss > this.guessing;
      if (this.recent.length >= FEWEST && isSpike) return { point, median };
      this.recent.push(point.loss);
      if (this.recent.length > WINDOW) this.recent.shift();
    }
    return undefined;
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.POSITIVE_INFINITY;
}
