import { at } from '../../util/assert.ts';

/** Each 0 to 1; undefined where there is nothing to divide by. */
export interface ClassFigures {
  /** Which share of what was read as this class is of it. */
  readonly precision: number | undefined;
  /** Which share of the images of this class was read as it. */
  readonly recall: number | undefined;
  /** Their harmonic mean, `2 right / (images of the class + images read as it)`. */
  readonly f1: number | undefined;
}

/** Of each class, from the counts `confusion[truth][predicted]`. */
export function classFigures(confusion: readonly (readonly number[])[]): ClassFigures[] {
  const readAs = new Array<number>(confusion.length).fill(0);
  for (const row of confusion) for (const [i, n] of row.entries()) readAs[i] = at(readAs, i) + n;
  return confusion.map((row, label) => {
    const right = at(row, label);
    const images = row.reduce((sum, count) => sum + count, 0);
    const share = (part: number, of: number) => (of === 0 ? undefined : part / of);
    return {
      precision: share(right, at(readAs, label)),
      recall: share(right, images),
      f1: share(2 * right, images + at(readAs, label)),
    };
  });
}
