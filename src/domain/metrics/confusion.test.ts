import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusionFrom } from '../testing/confusionFrom.ts';
import { classFigures } from './classFigures.ts';
import {
  cellsOf,
  columnOf,
  confusionOf,
  countAt,
  denseConfusion,
  errorsIn,
  listedConfusion,
  mostConfused,
  rowOf,
  topOneAccuracy,
  totalsOf,
} from './confusion.ts';

const CLASSES = 7;
const images = fc.array(fc.tuple(fc.nat(CLASSES - 1), fc.nat(CLASSES - 1)), { maxLength: 80 });

/** The same counts in the plainest way: a number for every pair of classes. */
function matrixOf(pairs: readonly (readonly [number, number])[]): number[][] {
  const matrix = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  for (const [truth, predicted] of pairs) {
    const row = matrix[truth] ?? [];
    row[predicted] = (row[predicted] ?? 0) + 1;
  }
  return matrix;
}

const countsOf = (pairs: readonly (readonly [number, number])[]) =>
  confusionOf(
    pairs.map(([truth]) => truth),
    pairs.map(([, predicted]) => predicted),
    CLASSES,
  );

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

describe('the counts of a confusion', () => {
  it('are those of the whole matrix, cell by cell, row by row and column by column', () => {
    fc.assert(
      fc.property(images, (pairs) => {
        const [counts, matrix] = [countsOf(pairs), matrixOf(pairs)];
        expect(denseConfusion(counts)).toEqual(matrix);
        for (const [truth, row] of matrix.entries()) {
          expect(row.map((_, label) => countAt(counts, truth, label))).toEqual(row);
          const inRow = row.flatMap((count, predicted) =>
            count > 0 ? [{ truth, predicted, count }] : [],
          );
          expect([...rowOf(counts, truth)]).toEqual(inRow);
          const inColumn = matrix.flatMap((each, from) =>
            (each[truth] ?? 0) > 0
              ? [{ truth: from, predicted: truth, count: each[truth] ?? 0 }]
              : [],
          );
          expect([...columnOf(counts, truth)]).toEqual(inColumn);
        }
      }),
    );
  });

  it('give the figures of the whole matrix', () => {
    fc.assert(
      fc.property(images, (pairs) => {
        const [counts, matrix] = [countsOf(pairs), matrixOf(pairs)];
        const rows = matrix.map(sum);
        const columns = matrix.map((_, label) => sum(matrix.map((row) => row[label] ?? 0)));
        const diagonal = matrix.map((row, label) => row[label] ?? 0);
        const totals = totalsOf(counts);
        expect([...totals.images]).toEqual(rows);
        expect([...totals.readAs]).toEqual(columns);
        expect([...totals.right]).toEqual(diagonal);
        expect(errorsIn(counts)).toBe(pairs.length - sum(diagonal));
        expect(topOneAccuracy(counts)).toBeCloseTo(sum(diagonal) / Math.max(1, pairs.length), 12);
        for (const [label, { precision, recall, images: all }] of classFigures(counts).entries()) {
          const [right = 0, row = 0, column = 0] = [diagonal[label], rows[label], columns[label]];
          expect(all).toBe(row);
          expect(precision).toBe(column === 0 ? undefined : right / column);
          expect(recall).toBe(row === 0 ? undefined : right / row);
        }
      }),
    );
  });

  it('hold no more than an entry an image, however many classes there are', () => {
    const counts = confusionOf([0, 16_383, 16_383, 9000], [16_383, 16_383, 16_383, 9000], 16_384);
    expect([...cellsOf(counts)]).toEqual([
      { truth: 0, predicted: 16_383, count: 1 },
      { truth: 9000, predicted: 9000, count: 1 },
      { truth: 16_383, predicted: 16_383, count: 2 },
    ]);
    expect([counts.predicted.length, counts.counts.length]).toEqual([3, 3]);
  });

  it('have no place for a class that is not there', () => {
    expect(() => confusionOf([3], [0], 3)).toThrow();
    expect(() => confusionOf([0], [3], 3)).toThrow();
  });
});

describe('the most confused classes', () => {
  it('come with the worst first, without what is right', () => {
    const confusion = confusionFrom([
      [90, 1, 4],
      [0, 80, 7],
      [2, 0, 70],
    ]);
    expect(mostConfused(confusion)).toEqual([
      { truth: 1, predicted: 2, count: 7 },
      { truth: 0, predicted: 2, count: 4 },
      { truth: 2, predicted: 0, count: 2 },
      { truth: 0, predicted: 1, count: 1 },
    ]);
    expect(mostConfused(confusion, 1)).toEqual([{ truth: 1, predicted: 2, count: 7 }]);
    expect(mostConfused(confusionFrom([[5]]))).toEqual([]);
  });
});

describe('a confusion in a file', () => {
  it('has every count up to 256 classes', () => {
    const listed = listedConfusion(confusionOf([0, 255, 255], [0, 1, 255], 256));
    expect(listed).toHaveLength(256);
    expect(listed.every((row) => row.length === 256)).toBe(true);
    expect([listed[0]?.[0], listed[255]?.[1], listed[255]?.[255]]).toEqual([1, 1, 1]);
  });

  it('has above that triples of truth, prediction and count', () => {
    expect(listedConfusion(confusionOf([256, 3, 256], [0, 3, 0], 257))).toEqual([
      [3, 3, 1],
      [256, 0, 2],
    ]);
  });
});
