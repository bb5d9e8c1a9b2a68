import { differenceEstimate, type Estimate } from './differenceInterval.ts';
import type { KeptEvaluation } from './keptEvaluation.ts';
import { type McNemarTest, mcnemarTest } from './mcnemar.ts';
import { type JointCounts, jointCounts } from './rightBits.ts';

/** How two networks compare on the same test images. */
export interface PairedComparison extends JointCounts, McNemarTest {
  readonly images: number;
  /** Accuracy of the first minus that of the second, with Newcombe's interval for paired proportions. */
  readonly difference: Estimate;
}

/**
 * Undefined where they cannot be compared image by image: of another data set, of one that nobody knows,
 * or evaluated before it was kept which images were read right.
 */
export function pairedComparison(
  first: KeptEvaluation,
  second: KeptEvaluation,
): PairedComparison | undefined {
  const { images, datasetId } = first;
  const isSame = datasetId !== undefined && datasetId === second.datasetId;
  if (!isSame || images !== second.images || !first.right || !second.right) return undefined;
  return comparisonOf(first.right, second.right, images);
}

/** The same of the bits of two networks that read the same images. */
export function comparisonOf(
  first: Uint8Array,
  second: Uint8Array,
  images: number,
): PairedComparison {
  const counts = jointCounts(first, second);
  const { both, onlyFirst, onlySecond } = counts;
  const difference = differenceEstimate([
    {
      first: { right: both + onlyFirst, images },
      second: { right: both + onlySecond, images },
      bothRight: both,
    },
  ]);
  return { ...counts, ...mcnemarTest(onlyFirst, onlySecond), images, difference };
}
