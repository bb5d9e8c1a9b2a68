import { at } from '../../util/assert.ts';
import { type ConfusionCounts, totalsOf } from './confusion.ts';

/** Shares are 0 to 1; undefined where there is nothing to divide by. */
export interface ClassFigures {
  /** How many images of this class were read. */
  readonly images: number;
  /** Which share of what was read as this class is of it. */
  readonly precision: number | undefined;
  /** Which share of the images of this class was read as it. */
  readonly recall: number | undefined;
  /** Their harmonic mean, `2 right / (images of the class + images read as it)`. */
  readonly f1: number | undefined;
}

export function classFigures(confusion: ConfusionCounts): ClassFigures[] {
  const { images, readAs, right } = totalsOf(confusion);
  const share = (part: number, of: number) => (of === 0 ? undefined : part / of);
  return Array.from({ length: confusion.classes }, (_, label) => {
    const [all, read, found] = [at(images, label), at(readAs, label), at(right, label)];
    return {
      ...{ images: all, precision: share(found, read), recall: share(found, all) },
      f1: share(2 * found, all + read),
    };
  });
}
