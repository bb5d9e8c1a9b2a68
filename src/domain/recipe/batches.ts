import { assert, at } from '../../util/assert.ts';
import { permutation, RandomStream } from '../../util/random.ts';

/**
 * The order in which training images are seen: every epoch a new shuffle, cut into batches, the
 * last one short if the division leaves a rest. A pure function of seed and step, so that a resumed
 * run sees what the uninterrupted one would have seen.
 */
export class BatchOrder {
  readonly stepsPerEpoch: number;
  /** The shuffle in use; it only saves time. */
  private epoch = -1;
  private order: Uint32Array = new Uint32Array();

  constructor(
    private readonly training: Uint32Array,
    private readonly batchSize: number,
    private readonly seed: number,
  ) {
    assert(training.length > 0 && batchSize > 0, 'there are images to train on');
    this.stepsPerEpoch = Math.ceil(training.length / batchSize);
  }

  /** Indices of the images of the step that follows `stepsDone` others. */
  batch(stepsDone: number): Uint32Array {
    const epoch = Math.floor(stepsDone / this.stepsPerEpoch);
    if (epoch !== this.epoch) {
      const { training, seed } = this;
      this.order = permutation(seed, RandomStream.shuffle, epoch, training.length);
      this.order = this.order.map((position) => at(training, position));
      this.epoch = epoch;
    }
    const first = (stepsDone - epoch * this.stepsPerEpoch) * this.batchSize;
    return this.order.slice(first, first + this.batchSize);
  }
}
