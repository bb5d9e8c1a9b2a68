/**
 * An exponential moving average for charts: `average = sum(w^age * value) / sum(w^age)`.
 *
 * Dividing by the weights that were really there frees the first points from a pull towards 0 or
 * towards the first value. The age of a point is its distance in steps, so points far apart (every
 * 100th step, or before and after a gap) count as little as they should. A point that is drawn
 * never changes when later ones arrive.
 *
 * @param smoothing the slider, 0 (none) to 1. Its square root is the weight, at most 0.999, which
 *   spreads the useful range over the slider.
 * @param unitSteps how many steps lie between two points that are neighbours at weight `w`.
 * @returns as many values. A value that is no finite number is passed over: the average stays where
 *   it was, NaN before the first finite one.
 */
export function movingAverage(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  smoothing: number,
  unitSteps = 1,
): Float64Array<ArrayBuffer> {
  const average = new MovingAverage(smoothing, unitSteps);
  const averages = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    averages[i] = average.add(steps[i] ?? Number.NaN, values[i] ?? Number.NaN);
  }
  return averages;
}

/** The same, of points as they come. */
export class MovingAverage {
  private readonly weight: number;
  private sum = 0;
  private weights = 0;
  private lastStep = 0;
  // Most points lie one step apart, and a power takes longer than all the rest.
  private distance = Number.NaN;
  private decay = Number.NaN;

  constructor(
    smoothing: number,
    private readonly unitSteps = 1,
  ) {
    this.weight = Math.min(Math.sqrt(Math.max(0, smoothing)), MAX_WEIGHT);
  }

  /** Takes in a point, and gives the average up to it. */
  add(step: number, value: number): number {
    if (Number.isFinite(value)) {
      const distance = step - this.lastStep;
      if (distance !== this.distance) {
        this.distance = distance;
        this.decay = this.weight ** Math.max(0, distance / this.unitSteps);
      }
      const old = this.weights === 0 ? 0 : this.decay;
      this.sum = this.sum * old + value;
      this.weights = this.weights * old + 1;
      this.lastStep = step;
    }
    return this.sum / this.weights;
  }
}

const MAX_WEIGHT = 0.999;
