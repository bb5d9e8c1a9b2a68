import { type ConfusionCounts, confusionOf } from '../metrics/confusion.ts';

/** The counts of a matrix, `[truth][predicted]`, as tests write them. */
export function confusionFrom(matrix: readonly (readonly number[])[]): ConfusionCounts {
  const images = matrix.flatMap((row, truth) =>
    row.flatMap((count, predicted) => Array.from({ length: count }, () => [truth, predicted])),
  );
  const column = (place: number) => images.map((image) => image[place] ?? 0);
  return confusionOf(column(0), column(1), matrix.length);
}
