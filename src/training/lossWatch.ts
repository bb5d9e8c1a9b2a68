import type { TrainingPoint } from '../domain/metrics.ts';

/** Losses that the median is of. */
const WINDOW = 100;
/** Before so many there is no saying what is usual. */
const FEWEST = 20;
const TIMES = 10;
/** The mean loss of so many images is held against what is usual. */
const IMAGES = 200;

export interface LossSpike {
  readonly step: number;
  /** Mean of the last images. */
  readonly loss: number;
  /** Of the losses before them. */
  readonly median: number;
}

/**
 * Notices when training goes off: the mean loss of the last 200 images is over ten times the median of
 * the losses before them and worse than guessing (the natural logarithm of the number of classes), or
 * over ten times that of guessing. It speaks of training and not of a batch: among few images one odd
 * digit is enough to be far off.
 */
export class LossWatch {
  /** The last losses, the latest at the end: those that tell what is usual, then those of the images. */
  private readonly recent: number[] = [];
  private readonly guessing: number;
  /** Steps that see so many images. */
  private readonly span: number;

  constructor(classes: number, batchSize: number) {
    this.guessing = Math.log(classes);
    this.span = Math.ceil(IMAGES / batchSize);
  }

  /** The first spike among these points. */
  spikeIn(points: readonly TrainingPoint[]): LossSpike | undefined {
    for (const { step, loss } of points) {
      this.recent.push(loss);
      if (this.recent.length > WINDOW + this.span) this.recent.shift();
      const spike = this.spikeAt(step);
      if (spike) return spike;
    }
    return undefined;
  }

  private spikeAt(step: number): LossSpike | undefined {
    const { recent, guessing } = this;
    if (recent.length <= FEWEST) return undefined;
    // At the beginning of a run with few images a step there are fewer to go by.
    const span = Math.min(this.span, Math.floor(recent.length / 2));
    const loss = meanOf(recent.slice(-span));
    if (loss <= guessing) return undefined;
    const median = medianOf(recent.slice(0, -span));
    const isFarOff = loss > TIMES * guessing;
    const isUnusual = recent.length - span >= FEWEST && loss > TIMES * median;
    return isUnusual || (isFarOff && loss > median) ? { step, loss, median } : undefined;
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.POSITIVE_INFINITY;
}
