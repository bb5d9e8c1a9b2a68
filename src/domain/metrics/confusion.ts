import { assert, at } from '../../util/assert.ts';

/**
 * Counts of images by true and by predicted class. Of `classes^2` cells at most one an image is not zero,
 * and only those are here, row after row (compressed sparse rows): the cells of images of class c are those
 * from `starts[c]` up to `starts[c + 1]`, by rising `predicted`.
 */
export interface ConfusionCounts {
  readonly classes: number;
  /** `classes + 1` of them. */
  readonly starts: Uint32Array;
  readonly predicted: Uint16Array;
  /** At least 1 each. */
  readonly counts: Uint32Array;
}

/** Two classes, and how many images of `truth` were read as `predicted`. */
export interface ConfusionCell {
  readonly truth: number;
  readonly predicted: number;
  readonly count: number;
}

/** Counts the images, given by their classes. */
export function confusionOf(
  truths: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
): ConfusionCounts {
  const isClass = (label: number) => label >= 0 && label < classes;
  const keys = Float64Array.from({ length: truths.length }, (_, i) => {
    const [truth, predicted] = [at(truths, i), at(predictions, i)];
    assert(isClass(truth) && isClass(predicted), `an image of ${classes} classes`);
    return truth * classes + predicted;
  }).sort();
  const firsts = keys.reduce((sum, key, i) => sum + Number(key !== keys[i - 1]), 0);
  const [predicted, counts] = [new Uint16Array(firsts), new Uint32Array(firsts)];
  const starts = new Uint32Array(classes + 1);
  let cell = -1;
  for (const [i, key] of keys.entries()) {
    if (key !== keys[i - 1]) {
      predicted[++cell] = key % classes;
      const behind = Math.floor(key / classes) + 1;
      starts[behind] = at(starts, behind) + 1;
    }
    counts[cell] = at(counts, cell) + 1;
  }
  for (let label = 0; label < classes; label++) {
    starts[label + 1] = at(starts, label + 1) + at(starts, label);
  }
  return { classes, starts, predicted, counts };
}

/** Every cell that is not zero, row after row. */
export function* cellsOf(confusion: ConfusionCounts): Generator<ConfusionCell> {
  for (let truth = 0; truth < confusion.classes; truth++) yield* rowOf(confusion, truth);
}

/** What images of a class were read as, by rising class. */
export function* rowOf(confusion: ConfusionCounts, truth: number): Generator<ConfusionCell> {
  const { starts, predicted, counts } = confusion;
  for (let i = at(starts, truth); i < at(starts, truth + 1); i++) {
    yield { truth, predicted: at(predicted, i), count: at(counts, i) };
  }
}

/** Of what classes the images are that were read as one, by rising class. */
export function* columnOf(confusion: ConfusionCounts, label: number): Generator<ConfusionCell> {
  for (let truth = 0; truth < confusion.classes; truth++) {
    const count = countAt(confusion, truth, label);
    if (count > 0) yield { truth, predicted: label, count };
  }
}

/** How many images of a class were read as another, or as itself. */
export function countAt(confusion: ConfusionCounts, truth: number, label: number): number {
  const { starts, predicted, counts } = confusion;
  let [low, high] = [at(starts, truth), at(starts, truth + 1)];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(predicted, middle) < label) low = middle + 1;
    else high = middle;
  }
  return low < at(starts, truth + 1) && predicted[low] === label ? at(counts, low) : 0;
}

/** Of each class how many images it has, how many were read as it, and how many of those are of it. */
export interface ClassTotals {
  readonly images: Uint32Array;
  readonly readAs: Uint32Array;
  readonly right: Uint32Array;
}

export function totalsOf(confusion: ConfusionCounts): ClassTotals {
  const { classes } = confusion;
  const totals = () => new Uint32Array(classes);
  const [images, readAs, right] = [totals(), totals(), totals()];
  for (const { truth, predicted, count } of cellsOf(confusion)) {
    images[truth] = at(images, truth) + count;
    readAs[predicted] = at(readAs, predicted) + count;
    if (truth === predicted) right[truth] = count;
  }
  return { images, readAs, right };
}

/** Share of all images on the diagonal, 0 to 1; 0 where there are none. */
export function topOneAccuracy(confusion: ConfusionCounts): number {
  const total = confusion.counts.reduce((sum, count) => sum + count, 0);
  return total === 0 ? 0 : (total - errorsIn(confusion)) / total;
}

/** How many images were read as what they are not. */
export function errorsIn(confusion: ConfusionCounts): number {
  let errors = 0;
  for (const { truth, predicted, count } of cellsOf(confusion)) {
    if (truth !== predicted) errors += count;
  }
  return errors;
}

/** The most frequent mistakes, at most `limit` of them, the worst first. */
export function mostConfused(
  confusion: ConfusionCounts,
  limit = Number.POSITIVE_INFINITY,
): ConfusionCell[] {
  return [...cellsOf(confusion)]
    .filter(({ truth, predicted }) => truth !== predicted)
    .sort((a, b) => b.count - a.count)
    .slice(0, limit);
}

/** Above it most cells of a matrix are 0, and a file of them would be long. */
export const MOST_DENSE_CLASSES = 256;

/**
 * As a file has them: up to 256 classes every count, `[truth][predicted]`; above that the counts that are
 * not 0, as triples of the true class, what it was read as, and how many.
 */
export function listedConfusion(confusion: ConfusionCounts): number[][] {
  if (confusion.classes <= MOST_DENSE_CLASSES) return denseConfusion(confusion);
  return [...cellsOf(confusion)].map(({ truth, predicted, count }) => [truth, predicted, count]);
}

/** Every count, `[truth][predicted]`: of few classes alone. */
export function denseConfusion(confusion: ConfusionCounts): number[][] {
  const { classes } = confusion;
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { truth, predicted, count } of cellsOf(confusion))
    at(matrix, truth)[predicted] = count;
  return matrix;
}
