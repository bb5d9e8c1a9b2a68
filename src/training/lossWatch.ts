import type { Points } from '../domain/metrics/curve.ts';
import type { TrainingPoint } from '../domain/metrics/metrics.ts';

/** Losses that the median is of. */
const WINDOW = 100;
/** Before so many steps there is no saying what is usual. */
const FEWEST = 20;
/** The mean loss of so many images is held against what is usual. */
const IMAGES = 200;
/** A loss so many times the usual one has jumped. */
const TIMES_USUAL = 10;
/** Over so many steps a mean of so many times that of guessing, or of the run's first loss, is no learning. */
const STEPS_LOST = 10;
const TIMES_LOST = 3;

export interface LossSpike {
  readonly step: number;
  /** Mean of the last images. */
  readonly loss: number;
  /** Of the losses before them. */
  readonly median: number;
}

/** What a watch begins with. */
interface Known {
  /** Steps that were made already, and are taken for usual. */
  readonly before?: Points<TrainingPoint>;
  /** Whether whoever trains has seen the losses go off, and goes on all the same. */
  readonly isTold?: boolean;
}

/**
 * Notices when training goes off. The mean loss of the last 200 images is worse than guessing (the
 * natural logarithm of the number of classes), and
 *
 *   either over ten times the median of the losses before them,
 *   or, over ten steps at least, over three times that of guessing and of the run's first step, which is
 *   high where its weights began large.
 *
 * It speaks of training and not of a batch: among few images one odd digit is enough to be far off. What
 * was told once is not told again before the loss has been better than guessing.
 */
export class LossWatch {
  /** The last losses, the latest at the end: those that tell what is usual, then those of the images. */
  private readonly recent: number[];
  private readonly guessing: number;
  /** Steps that see so many images. */
  private readonly span: number;
  /** The loss of guessing, or of the first step where that is higher. */
  private unlearnt: number;
  private isTold: boolean;

  constructor(classes: number, batchSize: number, { before = [], isTold = false }: Known = {}) {
    this.guessing = Math.log(classes);
    this.span = Math.ceil(IMAGES / batchSize);
    this.recent = before.slice(-(WINDOW + this.span)).map(({ loss }) => loss);
    this.unlearnt = Math.max(this.guessing, before.at(0)?.loss ?? 0);
    this.isTold = isTold;
  }

  /** The first spike among these points. */
  spikeIn(points: readonly TrainingPoint[]): LossSpike | undefined {
    for (const { step, loss } of points) {
      if (step === 1) this.unlearnt = Math.max(this.unlearnt, loss);
      this.recent.push(loss);
      if (this.recent.length > WINDOW + this.span) this.recent.shift();
      const spike = this.spikeAt(step);
      if (spike) return spike;
    }
    return undefined;
  }

  private spikeAt(step: number): LossSpike | undefined {
    const { recent, guessing, unlearnt } = this;
    if (recent.length <= FEWEST) return undefined;
    // At the beginning of a run with few images a step there are fewer to go by.
    const half = Math.floor(recent.length / 2);
    const span = Math.min(this.span, half);
    const loss = meanOf(recent.slice(-span));
    if (loss <= guessing) this.isTold = false;
    if (loss <= guessing || this.isTold) return undefined;
    const median = medianOf(recent.slice(0, -span));
    const hasJumped = recent.length - span >= FEWEST && loss > TIMES_USUAL * median;
    const lately = meanOf(recent.slice(-Math.min(half, Math.max(this.span, STEPS_LOST))));
    const isLost = lately > TIMES_LOST * unlearnt;
    return hasJumped || isLost ? { step, loss, median } : undefined;
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.POSITIVE_INFINITY;
}
