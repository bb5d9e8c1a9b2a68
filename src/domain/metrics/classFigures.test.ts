import { expect, it } from 'vitest';
import { confusionFrom } from '../testing/confusionFrom.ts';
import { classFigures } from './classFigures.ts';

it('gives precision, recall and F1 of each class', () => {
  const figures = classFigures(
    confusionFrom([
      [8, 2, 0],
      [1, 3, 0],
      [0, 0, 0],
    ]),
  );
  expect(figures[0]).toEqual({ images: 10, precision: 8 / 9, recall: 0.8, f1: 16 / 19 });
  expect(figures[1]).toEqual({ images: 4, precision: 0.6, recall: 0.75, f1: 6 / 9 });
  expect(figures[2]).toEqual({ images: 0, precision: undefined, recall: undefined, f1: undefined });
  const [first] = figures;
  const [p, r] = [first?.precision ?? 0, first?.recall ?? 0];
  expect(first?.f1).toBeCloseTo((2 * p * r) / (p + r), 12);
});

it('gives no precision of a class that nothing was read as', () => {
  expect(
    classFigures(
      confusionFrom([
        [0, 4],
        [0, 1],
      ]),
    )[0],
  ).toEqual({ images: 4, precision: undefined, recall: 0, f1: 0 });
});
