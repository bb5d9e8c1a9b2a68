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
): number[] {
  const weight = Math.min(Math.sqrt(Math.max(0, smoothing)), MAX_WEIGHT);
  let sum = 0;
  let weights = 0;
  let lastStep = 0;
  const averages: number[] = [];
  // Most points lie one step apart, and a power takes longer than all the rest.
  let [distance, decay] = [Number.NaN, Number.NaN];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    const step = steps[i] ?? Number.NaN;
    if (Number.isFinite(value)) {
      if (step - lastStep !== distance) {
        distance = step - lastStep;
        decay = weight ** Math.max(0, distance / unitSteps);
      }
      const old = weights === 0 ? 0 : decay;
      sum = sum * old + value;
      weights = weights * old + 1;
      lastStep = step;
    }
    averages.push(sum / weights);
  }
  return averages;
}

const MAX_WEIGHT = 0.999;
